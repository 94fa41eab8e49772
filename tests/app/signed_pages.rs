//! What is drawn onto a paper after it was issued: the frame of a signature may be there, everything else is for people to see.

use std::fmt::Write as _;

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, ObjectIdentifier},
};

use crate::{
    signed_copies::{checked, outcome, paper, with_authority, with_list},
    support::{Signers, TestApp},
};

/// A PDF to which somebody adds: its bytes stay, what is new comes behind them.
struct Later {
    pdf: Vec<u8>,
    objects: Vec<(i32, String)>,
    next: i32,
}

impl Later {
    fn of(pdf: &[u8]) -> Self {
        let text = String::from_utf8_lossy(pdf);
        let next = text.rsplit("/Size ").next().and_then(number).unwrap();
        Self {
            pdf: pdf.to_vec(),
            objects: Vec::new(),
            next,
        }
    }

    /// One more object; answers how it is named.
    fn object(&mut self, words: impl Into<String>) -> String {
        self.objects.push((self.next, words.into()));
        self.next += 1;
        format!("{} 0 R", self.next - 1)
    }

    fn stream(&mut self, head: &str, drawn: &str) -> String {
        let length = drawn.len();
        self.object(format!("<<{head}/Length {length}>>\nstream\n{drawn}\nendstream"))
    }

    /// The same object with these words changed.
    fn change(&mut self, which: fn(&Pdf) -> ObjectIdentifier, change: impl Fn(&str) -> String) {
        let pdf = Pdf::new(self.pdf.clone()).unwrap();
        let id = which(&pdf);
        let dict: Dict<'_> = pdf.xref().get(id).unwrap();
        let words = String::from_utf8_lossy(dict.data()).into_owned();
        let inner = words.trim().trim_start_matches("<<");
        let inner = inner.strip_suffix(">>").unwrap_or(inner);
        self.objects
            .push((id.obj_number, format!("<<{}>>", change(inner))));
    }

    fn written(mut self) -> Vec<u8> {
        let text = String::from_utf8_lossy(&self.pdf).into_owned();
        let before = text.rsplit("startxref").next().and_then(number).unwrap();
        let root = Pdf::new(self.pdf.clone()).unwrap().xref().root_id().obj_number;
        let mut places = String::from("xref\n");
        for (id, words) in &self.objects {
            write!(places, "{id} 1\n{:010} 00000 n \n", self.pdf.len()).unwrap();
            self.pdf
                .extend_from_slice(format!("{id} 0 obj\n{words}\nendobj\n").as_bytes());
        }
        let start = self.pdf.len();
        let trailer = format!(
            "{places}trailer\n<</Size {}/Root {root} 0 R/Prev {before}>>\nstartxref\n{start}\n%%EOF\n",
            self.next
        );
        self.pdf.extend_from_slice(trailer.as_bytes());
        self.pdf
    }
}

/// The number that a text begins with.
fn number(text: &str) -> Option<i32> {
    let digits: String = text
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn first_page(pdf: &Pdf) -> ObjectIdentifier {
    pdf.pages()[0].raw().obj_id().unwrap()
}

fn catalog(pdf: &Pdf) -> ObjectIdentifier {
    pdf.xref().root_id()
}

fn first_mark(pdf: &Pdf) -> ObjectIdentifier {
    let marks: Array<'_> = pdf.pages()[0].raw().get("Annots").unwrap();
    marks.iter::<Dict<'_>>().next().unwrap().obj_id().unwrap()
}

/// A frame with ink on white.
const INK: &str = "1 1 1 rg 0 0 190 60 re f 0 0 0 rg 10 20 60 20 re f";
/// One with strokes of a pen and a seal, as a signature looks.
const PEN: &str =
    "1 w 10 10 m 60 50 90 0 180 40 c S .8 .1 .1 RG 3 w 80 5 50 50 re S .8 .1 .1 rg 95 20 20 20 re f";

/// What is seen in a frame.
fn drawing(later: &mut Later, drawn: &str) -> String {
    later.stream("/Type/XObject/Subtype/Form/BBox[0 0 190 60]", drawn)
}

/// Something that is laid onto the first page.
fn marked(pdf: &[u8], mark: &str, rect: &str) -> Vec<u8> {
    let mut later = Later::of(pdf);
    let drawn = drawing(&mut later, INK);
    let mark = later.object(format!(
        "<</Type/Annot {mark}/F 4/Rect[{rect}]/AP<</N {drawn}>>>>"
    ));
    later.change(first_page, |page| format!("{page}/Annots[{mark}]"));
    later.change(catalog, |catalog| {
        format!("{catalog}/AcroForm<</Fields[{mark}]/SigFlags 3>>")
    });
    later.written()
}

/// A PDF whose first signature is seen at this place and looks like this. The signer at hand empties its frame, so it is filled
/// afterwards and the seal signs the whole.
fn seen(signers: &Signers, pdf: &[u8], rect: &str, look: &str) -> Vec<u8> {
    let signed = signers.sign_field(&marked(pdf, FRAME, rect), "Khung", "leader");
    let mut later = Later::of(&signed);
    let drawn = drawing(&mut later, look);
    later.change(first_mark, |mark| {
        let (before, after) = mark.split_once("/AP").unwrap();
        let (_, after) = after.split_once(">>").unwrap();
        format!("{before}/AP<</N {drawn}>>{after}")
    });
    signers.sign(&later.written(), "seal")
}

const STAMP: &str = "/Subtype/Stamp";
const FRAME: &str = "/Subtype/Widget/FT/Sig/T(Khung)";
/// In the margin, where nothing is written.
const SMALL: &str = "10 300 80 340";

async fn ready() -> (TestApp, Signers) {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    with_list(&app, &signers, &[]).await;
    (app, signers)
}

#[tokio::test]
async fn what_is_drawn_over_a_page_is_for_people_to_see() {
    let (app, signers) = ready().await;
    let (lead, path, pdf) = paper(&app).await;
    let mut repainted = Later::of(&pdf);
    let white = repainted.stream("", "q 1 1 1 rg 85 400 455 240 re f Q");
    repainted.change(first_page, |page| {
        let (before, after) = page.split_once("/Contents ").unwrap();
        let (drawn, after) = after.split_once(" R").unwrap();
        format!("{before}/Contents[{drawn} R {white}]{after}")
    });
    for changed in [
        marked(&pdf, STAMP, "85 400 540 640"),
        marked(&pdf, STAMP, SMALL),
        repainted.written(),
    ] {
        assert!(changed.starts_with(&pdf));
        let page = checked(&lead, &path, &signers.sign(&changed, "leader")).await;
        let text = page.text("main");
        assert_eq!(outcome(&page), "chưa kiểm tra được", "{text}");
        assert!(text.contains("Trang 1 trông khác bản ban hành"), "{text}");
        assert!(text.contains("Phần được ký còn nguyên"), "only that: {text}");
    }
}

#[tokio::test]
async fn a_signature_that_is_seen_is_valid_unless_its_frame_covers_the_paper() {
    let (app, signers) = ready().await;
    let (lead, path, pdf) = paper(&app).await;
    for look in [INK, PEN] {
        let page = checked(&lead, &path, &seen(&signers, &pdf, SMALL, look)).await;
        assert_eq!(outcome(&page), "hợp lệ", "{}", page.text("main"));
        assert!(page.text("main").contains("ngoài khung chữ ký cũng trùng"));
    }

    // One that is too large, and those that are laid over lines of the text, whatever they are filled with.
    let (large, over) = ("40 300 560 800", "85 480 540 640");
    let bars: Vec<String> = (0..30).map(|at| format!("0 {} 190 1 re f", 2 * at)).collect();
    let bars = bars.join(" ");
    for (rect, look) in [
        (large, INK),
        (over, INK),
        (over, ".8 g 0 0 190 60 re f"),
        (over, ".55 g 0 0 190 60 re f"),
        (over, "0 g 0 0 190 60 re f"),
        (over, &bars),
    ] {
        let page = checked(&lead, &path, &seen(&signers, &pdf, rect, look)).await;
        assert_eq!(
            outcome(&page),
            "chưa kiểm tra được",
            "{rect}, {look}: {}",
            page.text("main")
        );
    }
    // A frame of which no signature is known is no frame.
    let empty = signers.sign(&marked(&pdf, FRAME, SMALL), "leader");
    let page = checked(&lead, &path, &empty).await;
    assert_eq!(outcome(&page), "chưa kiểm tra được", "{}", page.text("main"));
}

#[tokio::test]
async fn a_page_more_is_told() {
    let (app, signers) = ready().await;
    let (lead, path, pdf) = paper(&app).await;
    let longer = signers.joined(
        &pdf,
        &crate::support::drawn(&[("", b"0 0 100 100 re f".to_vec())]),
    );
    let page = checked(&lead, &path, &signers.sign(&longer, "leader")).await;
    assert_eq!(outcome(&page), "chưa kiểm tra được", "{}", page.text("main"));
    assert!(page.text("main").contains("trang, tệp này có"));
}
