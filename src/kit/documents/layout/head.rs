//! The top of a document: who issues it, its number, place and date, what it is called, to whom it goes.

use super::{Boxed, Columns, Item, Para, Press, Side, Span, closing_mark};
use crate::kit::documents::{
    fonts::width,
    model::{Appendix, Document, Title},
    profile::Style,
    wording::{clean, clean_line, closed_list, date_text, number_text, roman},
};

/// Between a name and the line below it, in points.
const TO_LINE: f64 = 1.5;
/// Between the two columns, in millimetres.
const BESIDE: f64 = 3.0;
/// A title stands in so far from both sides, in millimetres.
const ASIDE: f64 = 5.0;
/// The least width of the left column, in millimetres.
const LEAST_LEFT: f64 = 55.0;

/// What the file calls the document.
pub fn name_of(document: &Document) -> String {
    let (kind, subject) = match &document.title {
        Title::Letter { subject } => ("Công văn", subject),
        Title::Named { kind, subject } => (kind.as_str(), subject),
        Title::Minutes { subject } => ("Biên bản", subject),
    };
    clean_line(&format!("{} {}", clean_line(kind), clean_line(subject)))
}

impl Press<'_> {
    /// Everything above the text.
    pub fn head(&self, measure: f64) -> Vec<Item> {
        let profile = self.profile;
        // The emblem is never broken: its column is as wide as it, the issuer gets the rest.
        let emblem = profile.emblem.iter().map(|(text, style)| width(text, *style));
        let right = (emblem.fold(0.0, f64::max) + 4.0).min(measure - LEAST_LEFT);
        let right = right.max(measure * 0.5);
        let left = measure - right;
        let rows = [
            (vec![self.issuer(left), self.emblem(right)], 0.0),
            (vec![self.number(left), self.place()], 6.0),
        ];
        let mut items: Vec<Item> = rows
            .into_iter()
            .filter(|(cells, _)| cells.iter().any(|cell| !cell.is_empty()))
            .map(|(cells, above)| {
                Item::Columns(Columns {
                    widths: vec![left, right],
                    cells,
                    above,
                    whole: false,
                    with_next: false,
                })
            })
            .collect();
        items.extend(self.title(measure));
        items.extend(self.addressees());
        items.extend(self.bases());
        items
    }

    fn issuer(&self, within: f64) -> Vec<Item> {
        let (head, profile) = (&self.document.head, self.profile);
        let parent = centred(&head.parent, profile.parent, within - BESIDE);
        let issuer = centred(&head.issuer, profile.issuer, within - BESIDE);
        let longest = widest(&issuer);
        let mut items: Vec<Item> = parent.into_iter().chain(issuer).map(Item::Para).collect();
        if longest > 0.0 {
            items.extend(closing_mark(&profile.issuer_mark, longest, within, TO_LINE));
        }
        items
    }

    fn emblem(&self, within: f64) -> Vec<Item> {
        let profile = self.profile;
        let mut items = Vec::new();
        let mut last = 0.0;
        for (text, style) in &profile.emblem {
            last = width(text, *style);
            let mut span = Span::new("", *style);
            span.text.clone_from(text);
            items.push(Item::Para(Para::of(span, Side::Centre)));
        }
        items.extend(closing_mark(&profile.emblem_mark, last, within, TO_LINE));
        items
    }

    /// Number and symbol, what a letter is about, and the marks that stand below.
    fn number(&self, within: f64) -> Vec<Item> {
        let (document, profile) = (self.document, self.profile);
        let mut items = Vec::new();
        if let Some(number) = &document.head.number {
            let text = format!("{}{}", profile.number.label, number_text(number, &profile.number));
            items.push(Item::Para(Para::new(text, profile.number.style, Side::Centre)));
        }
        if let Title::Letter { subject } = &document.title {
            let subject = clean_line(subject);
            if !subject.is_empty() {
                let text = format!("V/v {}", subject.trim_start_matches("V/v").trim_start());
                let span = Span::new(text, profile.letter_subject).balanced(within - BESIDE);
                items.push(Item::Para(Para::of(span, Side::Centre).above(6.0)));
            }
        }
        let boxes = &profile.boxes;
        if let Some(urgency) = document.urgency {
            let (words, wide) = boxes.urgency(urgency);
            let mut span = Span::new(words, boxes.urgency);
            span.red = true;
            items.push(self.boxed(span, wide, within));
        }
        if let Some(draft) = document.draft.as_deref().map(clean_line)
            && !draft.is_empty()
        {
            let mut span = Span::new(draft, boxes.draft);
            let room = within - BESIDE - 2.0;
            if span.width() > room {
                span.style.size *= room / span.width();
            }
            let wide = (span.width() + 8.0).clamp(30.0, within - BESIDE);
            items.push(self.boxed(span, wide, within));
        }
        items
    }

    fn boxed(&self, span: Span, wide: f64, within: f64) -> Item {
        Item::Boxed(Boxed {
            span,
            width: wide,
            height: self.profile.boxes.height,
            within,
            above: 6.0,
        })
    }

    fn place(&self) -> Vec<Item> {
        let place = match (&self.document.title, &self.document.head.place) {
            (Title::Minutes { .. }, _) | (_, None) => return Vec::new(),
            (_, Some(place)) => place,
        };
        let name = clean_line(&place.name);
        let date = date_text(place.date);
        let text = if name.is_empty() {
            date
        } else {
            format!("{name}, {date}")
        };
        vec![Item::Para(Para::new(text, self.profile.place, Side::Centre))]
    }

    /// The type, what it is about, and whose power gives the order.
    fn title(&self, measure: f64) -> Vec<Item> {
        let profile = self.profile;
        let (kind, subject) = match &self.document.title {
            Title::Letter { .. } => return Vec::new(),
            Title::Named { kind, subject } => (kind.as_str(), subject),
            Title::Minutes { subject } => ("BIÊN BẢN", subject),
        };
        let within = measure - 2.0 * ASIDE;
        let kind = centred(kind, profile.kind, within);
        let subject = centred(subject, profile.subject, within);
        let longest = widest(if subject.is_empty() { &kind } else { &subject });
        let kind = kind.into_iter().map(|para| para.ranked(1));
        let mut above = 18.0;
        let mut items = Vec::new();
        for para in kind.chain(subject) {
            items.push(Item::Para(para.above(above).with_next()));
            above = 0.0;
        }
        if !items.is_empty() {
            items.extend(closing_mark(&profile.title_mark, longest, measure, TO_LINE));
        }
        if let Some(order) = &self.document.order {
            let authority = centred(&order.authority, profile.kind, within);
            for (at, para) in authority.into_iter().enumerate() {
                let above = if at == 0 { 12.0 } else { 0.0 };
                items.push(Item::Para(para.above(above).with_next()));
            }
        }
        items
    }

    fn addressees(&self) -> Vec<Item> {
        let style = self.profile.addressee;
        let names: Vec<String> = closed_list(&self.document.addressees);
        let items = match names.as_slice() {
            [] => Vec::new(),
            [one] => {
                let text = format!("Kính gửi: {}", one.trim_end_matches('.'));
                vec![Para::new(text, style, Side::Centre).above(18.0)]
            }
            several => {
                // The list stands below and behind the colon.
                let left = 30.0;
                let list = left + width("Kính gửi: ", style);
                let mut label = Para::new("Kính gửi:", style, Side::Left).above(18.0);
                label.left = left;
                let mut paras = vec![label.with_next()];
                for name in several {
                    let mut para = Para::new(format!("- {name}"), style, Side::Left).hanging(3.0);
                    para.left += list;
                    paras.push(para);
                }
                paras
            }
        };
        items.into_iter().map(Item::Para).collect()
    }

    /// The legal bases, and the words that give the order.
    fn bases(&self) -> Vec<Item> {
        let (body, basis) = (self.profile.body, self.profile.basis);
        let mut items = Vec::new();
        for (at, line) in closed_list(&self.document.bases).into_iter().enumerate() {
            let mut para = Para::new(line, basis, Side::Both).above(if at == 0 { 12.0 } else { body.gap });
            para.first = body.indent;
            para.lines = body.lines;
            items.push(Item::Para(para));
        }
        if let Some(order) = &self.document.order {
            let verb = clean_line(&order.verb);
            if !verb.is_empty() {
                let text = format!("{}:", verb.trim_end_matches(':'));
                let para = Para::new(text, self.profile.kind, Side::Centre).above(12.0);
                items.push(Item::Para(para.with_next()));
            }
        }
        items
    }

    /// The top of an appendix.
    pub fn appendix_head(&self, number: usize, appendix: &Appendix, measure: f64) -> Vec<Item> {
        let rule = self.profile.appendix;
        let label = if self.document.appendices.len() > 1 {
            format!("Phụ lục {}", roman(number))
        } else {
            "Phụ lục".to_owned()
        };
        let mut paras = vec![Para::new(label, rule.label, Side::Centre).ranked(1)];
        paras.extend(centred(&appendix.title, rule.title, measure - 2.0 * ASIDE));
        let reference = clean_line(&appendix.reference);
        let reference = if reference.is_empty() {
            self.reference()
        } else {
            reference
        };
        let reference = Span::new(format!("({reference})"), rule.reference).balanced(measure - 2.0 * ASIDE);
        paras.push(Para::of(reference, Side::Centre));
        paras
            .into_iter()
            .map(|para| Item::Para(para.with_next()))
            .collect()
    }

    /// `Kèm theo Quyết định số 05/QĐ-LHH ngày 05 tháng 02 năm 2026 của …`
    fn reference(&self) -> String {
        let head = &self.document.head;
        let kind = match &self.document.title {
            Title::Letter { .. } => "Công văn".to_owned(),
            Title::Minutes { .. } => "Biên bản".to_owned(),
            Title::Named { kind, .. } => capitalised(&clean_line(kind)),
        };
        let mut text = format!("Kèm theo {kind}");
        if let Some(number) = &head.number {
            text = format!("{text} số {}", number_text(number, &self.profile.number));
        }
        if let Some(place) = &head.place {
            text = format!("{text} {}", date_text(place.date));
        }
        format!("{text} của {}", clean_line(head.issuer_in_text()))
    }
}

/// `BÁO CÁO` as it stands in a sentence: `Báo cáo`.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first
            .to_uppercase()
            .chain(letters.as_str().to_lowercase().chars())
            .collect()
    })
}

/// The lines of a text that aren't empty, each in the middle and, where it is too long, on lines of about the same length.
fn centred(text: &str, style: Style, within: f64) -> Vec<Para> {
    clean(text)
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Para::of(Span::new(line, style).balanced(within), Side::Centre))
        .collect()
}

fn widest(paras: &[Para]) -> f64 {
    let spans = paras.iter().flat_map(|para| &para.spans);
    spans.map(Span::width).fold(0.0, f64::max)
}
