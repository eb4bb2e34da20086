//! The report of an import as a table that any spreadsheet opens.

use crate::view::Report;

/// The report as CSV with CRLF: first what happened, then one row for each line that could not be
/// read. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn report_csv(report: &Report) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .flexible(false)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let counts = &report.counts;
    let rows = [
        ("added", counts.added),
        ("updated", counts.updated),
        ("unchanged", counts.unchanged),
        ("kept as you have them", counts.kept_edits),
        ("best answer changed", counts.keys_changed),
        ("cards scheduled from the file", counts.scheduled),
        ("cards that kept their schedule", counts.kept_schedules),
        ("settings", counts.settings),
        ("could not be read", report.unreadable),
    ];
    // Writing into memory cannot fail.
    let _ = out.write_record(["what", "count", "file", "line", "column", "reason", "remedy"]);
    for (what, count) in rows {
        let _ = out.write_record([what, &count.to_string(), "", "", "", "", ""]);
    }
    for problem in &report.problems {
        let _ = out.write_record([
            "not read",
            "1",
            &harmless(&problem.file),
            &problem.line.to_string(),
            &problem.column.to_string(),
            &harmless(&problem.message),
            &harmless(&problem.hint),
        ]);
    }
    out.into_inner().unwrap_or_default()
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.into()
    }
}
