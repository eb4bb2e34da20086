//! A progress report: one self-contained HTML file, made to be read, printed, saved as PDF or handed
//! to a supervisor.
//!
//! # Design
//! `print` gets plain numbers ([`Progress`]) and writes semantic HTML: no script, nothing loaded, its
//! policy says so. Drawings are SVG in the text; each stands beside a table that says the same.
//! Numbers that could mislead are not told: a share of few answers, a forecast of the exam. Days only,
//! no clock times; cards are quoted only where the numbers hold quotes.
//!
//! One file a section; `words` holds every word, `report.css` every colour. Nothing a person wrote
//! comes into the page but through [`html::Text`], which escapes it.

mod ahead;
mod cards;
mod chart;
mod glance;
mod html;
mod number;
mod quoted;
mod recall;
mod steps;
mod study;
mod table;
mod words;

use std::io::{self, Write};

use cairn_core::progress::Progress;

use html::{Text, Wrapped};
use words::{ENGLISH, Words};

const STYLE: &str = include_str!("report.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How a report is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The person's name; empty for none.
    pub name: String,
}

/// Writes the report. The deck it is about and the cards it quotes are in `progress`.
///
/// # Errors
/// Those of `out`.
pub fn print(progress: &Progress, options: &Options, out: &mut impl Write) -> io::Result<()> {
    Page { words: &ENGLISH, progress, name: options.name.trim(), out }.write()
}

/// A report while it is written.
struct Page<'a, W: Write> {
    words: &'static Words,
    progress: &'a Progress,
    name: &'a str,
    out: &'a mut W,
}

impl<W: Write> Page<'_, W> {
    fn write(&mut self) -> io::Result<()> {
        self.head()?;
        self.title()?;
        writeln!(self.out, "<main>")?;
        let progress = self.progress;
        if progress.cards.total() == 0 && progress.answers() == 0 {
            self.remark(self.words.no_cards)?;
            self.elsewhere()?;
        } else {
            self.glance()?;
            self.study()?;
            self.recall()?;
            self.cards()?;
            self.ahead()?;
            self.mocks()?;
        }
        self.guide()?;
        self.quoted()?;
        writeln!(self.out, "</main>")?;
        self.foot()
    }

    fn head(&mut self) -> io::Result<()> {
        let words = self.words;
        let title = match self.name {
            "" => words.title.to_owned(),
            name => (words.made_for)(name),
        };
        write!(
            self.out,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"Cairn {VERSION}\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
            words.language,
            Text(&title),
        )
    }

    fn title(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        writeln!(self.out, "<header>\n<p class=\"mark\">{}Cairn</p>", chart::MARK)?;
        writeln!(self.out, "<h1>{}</h1>", Text(words.title))?;
        if !self.name.is_empty() {
            writeln!(self.out, "<p class=\"name\">{}</p>", Wrapped(self.name))?;
        }
        let period = (words.period)(progress.period.first, progress.period.last);
        let made = (words.made_on)(progress.today);
        writeln!(self.out, "<p class=\"when\"><strong>{}</strong>", Text(&period))?;
        writeln!(self.out, "<span>{}</span></p>", Text(&made))?;
        if let Some(exam) = progress.exam {
            let exam = (words.exam)(exam.day, exam.days_left);
            writeln!(self.out, "<p class=\"when\">{}</p>", Text(&exam))?;
        }
        if let Some(deck) = &progress.deck {
            writeln!(self.out, "<p class=\"when\">{}</p>", Wrapped(&(words.one_deck)(deck)))?;
        }
        writeln!(self.out, "</header>")
    }

    /// Opens a section under a heading of its own.
    fn open(&mut self, heading: &str) -> io::Result<()> {
        writeln!(self.out, "<section>\n<h2>{}</h2>", Text(heading))
    }

    fn close(&mut self) -> io::Result<()> {
        writeln!(self.out, "</section>")
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "<p>{}</p>", Text(words))
    }

    /// A drawing with its caption, which says what it shows.
    fn figure(&mut self, title: &str, said: &str, drawing: &str) -> io::Result<()> {
        let (title, said) = (Text(title), Text(said));
        let caption = format!("<figcaption><strong>{title}</strong> {said}</figcaption>");
        writeln!(self.out, "<figure>\n{caption}\n{drawing}</figure>")
    }

    /// A paragraph that helps to read what stands around it.
    fn note(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "<p class=\"note\">{}</p>", Text(words))
    }

    /// A paragraph that stands for what is not there yet.
    fn remark(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "<p class=\"remark\">{}</p>", Text(words))
    }

    fn guide(&mut self) -> io::Result<()> {
        self.open(self.words.guide)?;
        writeln!(self.out, "<dl class=\"guide\">")?;
        for (question, answer) in self.words.guide_items {
            let (question, answer) = (Text(question), Text(answer));
            writeln!(self.out, "<div><dt>{question}</dt><dd>{answer}</dd></div>")?;
        }
        writeln!(self.out, "</dl>")?;
        self.close()
    }

    fn foot(&mut self) -> io::Result<()> {
        let made = (self.words.made_with)(VERSION);
        let (made, not) = (Text(&made), Text(self.words.not_affiliated));
        write!(self.out, "<footer>\n<p>{made}</p>\n<p>{not}</p>\n</footer>\n</body>\n</html>\n")
    }
}

#[cfg(test)]
mod tests;
