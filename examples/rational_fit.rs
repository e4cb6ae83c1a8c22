//! Fits a rational function to noisy data by gradient descent and draws the result.
//!
//! `cargo run --release --example rational_fit [PATH.svg]`

use common::noise::Noise;
use indicatif::{ProgressBar, ProgressStyle};
use nalgebra::{DMatrix, DVector};
use plotters::prelude::*;
use pullback::differentiate;
use std::error::Error;
use std::path::{Path, PathBuf};

mod common {
    pub mod noise;
}

/// 1 / (c₀ + c₁ x + c₂ x²).
#[differentiate]
fn rational(c: &[f64; 3], x: f64) -> f64 {
    1.0 / (c[0] + c[1] * x + c[2] * x * x)
}

/// ½ Σ (rational(c, xᵢ) − yᵢ)².
#[differentiate]
fn loss(c: &[f64; 3], #[no_grad] x: &[f64], #[no_grad] y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (&x, &y) in x.iter().zip(y) {
        sum += 0.5 * (rational(c, x) - y).powi(2);
    }
    sum
}

/// The function behind the data.
fn runge(x: f64) -> f64 {
    1.0 / (1.0 + 10.0 * x * x)
}

/// The parameters after at most 500 steps of length 1e-2, and the loss before every step.
fn descend(x: &[f64], y: &[f64]) -> Result<([f64; 3], Vec<f64>), Box<dyn Error>> {
    const STEPS: u64 = 500;
    let style = ProgressStyle::with_template("{bar:40} step {pos}/{len}, {msg}")?;
    let bar = ProgressBar::new(STEPS).with_style(style);
    let mut c = [1.0, 0.0, 10.0];
    let mut history = Vec::new();
    for _ in 0..STEPS {
        let (value, gradient) = loss::value_and_grad(&c, x, y);
        history.push(value);
        bar.inc(1);
        bar.set_message(format!("loss {value:.6}"));
        if gradient.iter().map(|g| g * g).sum::<f64>().sqrt() < 1e-5 {
            break;
        }
        for (c, g) in c.iter_mut().zip(gradient) {
            *c -= 1e-2 * g;
        }
    }
    bar.finish_and_clear();
    Ok((c, history))
}

/// The polynomial of degree 11 that is closest to the data: a least-squares fit in Chebyshev's basis.
fn chebyshev_fit(x: &[f64], y: &[f64]) -> Result<impl Fn(f64) -> f64, Box<dyn Error>> {
    const TERMS: usize = 12;
    let basis = |k: usize, x: f64| (k as f64 * x.acos()).cos();
    let matrix = DMatrix::from_fn(x.len(), TERMS, |i, k| basis(k, x[i]));
    let coefficients = matrix.svd(true, true).solve(&DVector::from_column_slice(y), 1e-12)?;
    Ok(move |x| coefficients.iter().enumerate().map(|(k, c)| c * basis(k, x)).sum())
}

const TEXT: (&str, u32) = ("sans-serif", 15);
const TITLE: (&str, u32) = ("sans-serif", 19);
const BLUE: RGBColor = RGBColor(0x00, 0x5f, 0xb0);
const ORANGE: RGBColor = RGBColor(0xd9, 0x5f, 0x02);
const GRAY: RGBColor = RGBColor(0x99, 0x99, 0x99);

/// Both plots, side by side.
fn draw(path: &Path, c: [f64; 3], history: &[f64], x: &[f64], y: &[f64]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, (1200, 480)).into_drawing_area();
    root.fill(&WHITE)?;
    let (left, right) = root.split_horizontally(560);
    draw_history(&left, history)?;
    draw_fit(&right, c, x, y)?;
    root.present()?;
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw_history(area: &Area, history: &[f64]) -> Result<(), Box<dyn Error>> {
    let highest = history.iter().copied().fold(f64::MIN, f64::max);
    let lowest = history.iter().copied().fold(f64::MAX, f64::min);
    let margin = (highest / lowest).powf(0.1);
    let (bottom, top) = (lowest / margin, highest * margin);
    // The loss spans much less than a decade: eight marks, evenly spaced in the logarithm.
    let marks = (0..8).map(|i| bottom * (top / bottom).powf((i as f64 + 0.5) / 8.0)).collect();
    let mut chart = ChartBuilder::on(area)
        .caption("Gradient descent", TITLE)
        .margin(15)
        .x_label_area_size(45)
        .y_label_area_size(75)
        .build_cartesian_2d(0..history.len(), (bottom..top).log_scale().with_key_points(marks))?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .label_style(TEXT)
        .x_desc("step")
        .y_desc("loss (logarithmic)")
        .y_label_formatter(&|loss| format!("{loss:.2}"))
        .draw()?;
    chart.draw_series(LineSeries::new(history.iter().copied().enumerate(), BLUE.stroke_width(2)))?;
    Ok(())
}

fn draw_fit(area: &Area, c: [f64; 3], x: &[f64], y: &[f64]) -> Result<(), Box<dyn Error>> {
    let polynomial = chebyshev_fit(x, y)?;
    let sampled = |f: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..=100).map(|i| -1.0 + i as f64 / 50.0).map(|x| (x, f(x))).collect()
    };
    let highest = y.iter().copied().fold(f64::MIN, f64::max);
    let lowest = y.iter().copied().fold(f64::MAX, f64::min);
    let mut chart = ChartBuilder::on(area)
        .caption("Fits to 200 noisy values of 1/(1 + 10x²)", TITLE)
        .margin(15)
        .x_label_area_size(45)
        .y_label_area_size(60)
        .build_cartesian_2d(-1.02..1.02, lowest - 0.1..highest + 0.9)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .label_style(TEXT)
        .x_desc("x")
        .y_desc("y")
        .x_label_formatter(&tenths)
        .y_label_formatter(&tenths)
        .draw()?;

    let points = x.iter().zip(y).map(|(&x, &y)| Circle::new((x, y), 2, GRAY.filled()));
    chart.draw_series(points)?.label("data").legend(|(x, y)| Circle::new((x + 12, y), 3, GRAY.filled()));
    let curves = [
        ("truth", sampled(&runge), BLACK),
        ("Chebyshev fit, 12 terms", sampled(&polynomial), ORANGE),
        ("rational fit, 3 parameters", sampled(&|x| rational(&c, x)), BLUE),
    ];
    for (name, curve, color) in curves {
        let style = color.stroke_width(2);
        chart
            .draw_series(LineSeries::new(curve, style))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 24, y)], style));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .legend_area_size(32)
        .margin(10)
        .label_font(TEXT)
        .background_style(WHITE)
        .border_style(GRAY)
        .draw()?;
    Ok(())
}

/// One decimal place, without a sign on zero.
fn tenths(value: &f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0 + 0.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path =
        std::env::args_os().nth(1).map_or_else(|| PathBuf::from("target/rational_fit.svg"), PathBuf::from);
    let n = 200;
    let x: Vec<f64> = (0..n).map(|i| -1.0 + 2.0 * i as f64 / (n - 1) as f64).collect();
    let y: Vec<f64> = x.iter().zip(Noise::new(2024)).map(|(&x, e)| runge(x) + 0.5 * e).collect();

    let (c, history) = descend(&x, &y)?;
    println!(
        "fitted 1 / ({:.4} + {:.4} x + {:.4} x²) to {n} points in {} steps",
        c[0],
        c[1],
        c[2],
        history.len()
    );
    println!("loss {:.6}, at the start {:.6}", loss(&c, &x, &y), history[0]);

    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    draw(&path, c, &history, &x, &y)?;
    println!("plots: {}", path.display());
    Ok(())
}
