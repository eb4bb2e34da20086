//! What a request may ask for, before anything is read or written.

use crate::error::Error;
use crate::view::{Format, Request};

/// Refuses what makes no sense. A wish that another format heeds and this one can't is no small
/// thing: a person who wants no history in a file must not get one that has it.
pub(crate) fn check(request: &Request) -> Result<(), Error> {
    let Request { format, from, to, .. } = request;
    let days = from.is_some() || to.is_some();
    if days && !matches!(format, Format::Report | Format::Csv) {
        return refuse("days", *format, "Leave them out: only a report and tables have them.");
    }
    if !request.name.trim().is_empty() && *format != Format::Report {
        return refuse("a name", *format, "Leave it out: only a report has one.");
    }
    if request.card_text && *format != Format::Report {
        return refuse("card text", *format, "Leave it out: it is a choice for reports.");
    }
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Error::Dates(*from, *to)),
        _ => Ok(()),
    }
}

fn refuse(what: &'static str, format: Format, hint: &'static str) -> Result<(), Error> {
    Err(Error::NoUse { what, format, hint })
}
