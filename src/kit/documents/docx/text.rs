//! Paragraphs, lines and pictures.

use anyhow::Context;

use super::{
    Package,
    xml::{points, twips, whole},
};
use crate::kit::documents::{
    layout::{Line, Para, Placed, Side, Span},
    profile::Lines,
};

/// Parts of a millimetre in which drawings are measured.
const EMU_PER_MM: f64 = 36_000.0;

impl Package<'_> {
    /// A paragraph.
    pub fn para(&mut self, para: &Para) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        if para.with_next {
            xml.empty("w:keepNext", &[]);
        }
        let (line, rule) = match para.lines {
            Lines::Times(times) => (whole(times * 240.0), "auto"),
            Lines::Exactly(height) => (points(height), "exact"),
        };
        let above = points(para.above);
        xml.empty(
            "w:spacing",
            &[
                ("w:before", &above),
                ("w:after", "0"),
                ("w:line", &line),
                ("w:lineRule", rule),
            ],
        );
        let left = twips(para.left);
        if para.first < 0.0 {
            xml.empty("w:ind", &[("w:left", &left), ("w:hanging", &twips(-para.first))]);
        } else if para.first > 0.0 || para.left > 0.0 {
            xml.empty("w:ind", &[("w:left", &left), ("w:firstLine", &twips(para.first))]);
        }
        xml.val("w:jc", side(para.side));
        if para.rank > 0 {
            xml.val("w:outlineLvl", para.rank - 1);
        }
        if let Some(span) = para.spans.first() {
            // The sign at the end of a paragraph has a size too, and an empty paragraph is as high as it.
            self.style(span);
        }
        self.xml.close("w:pPr");
        for span in &para.spans {
            self.run(span);
        }
        self.xml.close("w:p");
    }

    /// Words in one style.
    pub fn run(&mut self, span: &Span) {
        if span.text.is_empty() {
            return;
        }
        self.xml.open("w:r", &[]);
        self.style(span);
        for (at, line) in span.text.split('\n').enumerate() {
            if at > 0 {
                self.xml.empty("w:br", &[]);
            }
            self.xml.words("w:t", &[("xml:space", "preserve")], line);
        }
        self.xml.close("w:r");
    }

    /// The style of words.
    pub fn style(&mut self, span: &Span) {
        let (style, xml) = (span.style, &mut self.xml);
        xml.open("w:rPr", &[]);
        if style.bold {
            xml.empty("w:b", &[]);
            xml.empty("w:bCs", &[]);
        }
        if style.italic {
            xml.empty("w:i", &[]);
            xml.empty("w:iCs", &[]);
        }
        if span.red {
            xml.val("w:color", "FF0000");
        }
        xml.val("w:sz", whole(style.size * 2.0));
        xml.val("w:szCs", whole(style.size * 2.0));
        if style.underline {
            xml.val("w:u", "single");
        }
        xml.close("w:rPr");
    }

    /// Room between two tables, which Word would otherwise join.
    pub fn room(&mut self, above: f64, with_next: bool) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        if with_next {
            xml.empty("w:keepNext", &[]);
        }
        let line = points(above.max(1.0));
        xml.empty(
            "w:spacing",
            &[
                ("w:before", "0"),
                ("w:after", "0"),
                ("w:line", &line),
                ("w:lineRule", "exact"),
            ],
        );
        xml.open("w:rPr", &[]);
        xml.val("w:sz", 2);
        xml.val("w:szCs", 2);
        xml.close("w:rPr");
        xml.close("w:pPr");
        xml.close("w:p");
    }

    /// A line: the upper edge of a low paragraph that stands in from both sides.
    pub fn line(&mut self, line: &Line) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.open("w:pBdr", &[]);
        let edge = [
            ("w:val", "single"),
            ("w:sz", "6"),
            ("w:space", "0"),
            ("w:color", "000000"),
        ];
        xml.empty("w:top", &edge);
        xml.close("w:pBdr");
        let above = points(line.above);
        xml.empty(
            "w:spacing",
            &[
                ("w:before", &above),
                ("w:after", "0"),
                ("w:line", "40"),
                ("w:lineRule", "exact"),
            ],
        );
        let indent = twips(((line.within - line.length) / 2.0).max(0.0));
        xml.empty("w:ind", &[("w:left", &indent), ("w:right", &indent)]);
        xml.open("w:rPr", &[]);
        xml.val("w:sz", 2);
        xml.val("w:szCs", 2);
        xml.close("w:rPr");
        xml.close("w:pPr");
        xml.close("w:p");
    }

    /// A picture, in a paragraph of its own.
    pub fn picture(&mut self, placed: &Placed) -> anyhow::Result<()> {
        let drawing = self
            .layout
            .drawings
            .get(placed.drawing)
            .context("a picture is missing")?;
        let (png, _, _) = drawing.to_png(placed.width)?;
        self.pictures.push(png);
        let number = self.pictures.len();
        let (id, relation) = (number.to_string(), format!("rIdPicture{number}"));
        let name = format!("Hình {number}");
        let size = [
            ("cx", &*whole(placed.width * EMU_PER_MM)),
            ("cy", &*whole(placed.height * EMU_PER_MM)),
        ];
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        if placed.with_next {
            xml.empty("w:keepNext", &[]);
        }
        let above = points(placed.above);
        xml.empty(
            "w:spacing",
            &[
                ("w:before", &above),
                ("w:after", "0"),
                ("w:line", "240"),
                ("w:lineRule", "auto"),
            ],
        );
        xml.val("w:jc", side(placed.side));
        xml.close("w:pPr");
        xml.open("w:r", &[]);
        xml.open("w:drawing", &[]);
        xml.open(
            "wp:inline",
            &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")],
        );
        xml.empty("wp:extent", &size);
        xml.empty(
            "wp:docPr",
            &[("id", &id), ("name", &name), ("descr", &drawing.description)],
        );
        xml.open("a:graphic", &[]);
        xml.open("a:graphicData", &[("uri", super::PICTURE)]);
        xml.open("pic:pic", &[]);
        xml.open("pic:nvPicPr", &[]);
        xml.empty("pic:cNvPr", &[("id", &id), ("name", &name)]);
        xml.empty("pic:cNvPicPr", &[]);
        xml.close("pic:nvPicPr");
        xml.open("pic:blipFill", &[]);
        xml.empty("a:blip", &[("r:embed", &relation)]);
        xml.open("a:stretch", &[]);
        xml.empty("a:fillRect", &[]);
        xml.close("a:stretch");
        xml.close("pic:blipFill");
        xml.open("pic:spPr", &[]);
        xml.open("a:xfrm", &[]);
        xml.empty("a:off", &[("x", "0"), ("y", "0")]);
        xml.empty("a:ext", &size);
        xml.close("a:xfrm");
        xml.open("a:prstGeom", &[("prst", "rect")]);
        xml.empty("a:avLst", &[]);
        xml.close("a:prstGeom");
        xml.close("pic:spPr");
        for name in [
            "pic:pic",
            "a:graphicData",
            "a:graphic",
            "wp:inline",
            "w:drawing",
            "w:r",
            "w:p",
        ] {
            xml.close(name);
        }
        Ok(())
    }
}

/// A side, as Word calls it.
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Centre => "center",
        Side::Right => "right",
        Side::Both => "both",
    }
}
