// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes report.docx, figures.xlsx and plan.pptx with libraries of others; see README.md.
import { writeFileSync } from "node:fs";
import * as docx from "docx";
import exceljs from "exceljs";
import pptxgen from "pptxgenjs";

const {
  Document, Paragraph, TextRun, HeadingLevel, Table, TableRow, TableCell, ExternalHyperlink, FootnoteReferenceRun,
  InsertedTextRun, DeletedTextRun, CommentRangeStart, CommentRangeEnd, CommentReference, Header, Footer, LevelFormat,
  AlignmentType, Packer, Tab,
} = docx;

const date = "2026-11-20T09:30:00Z";
const cell = (...texts) => new TableCell({ children: texts.map((text) => new Paragraph(text)) });
const numbered = (text, level = 0) => new Paragraph({ text, numbering: { reference: "steps", level } });
const report = new Document({
  creator: "Contoso",
  numbering: {
    config: [{
      reference: "steps",
      levels: [
        { level: 0, format: LevelFormat.DECIMAL, text: "%1.", alignment: AlignmentType.START },
        { level: 1, format: LevelFormat.LOWER_LETTER, text: "%2)", alignment: AlignmentType.START },
        { level: 2, format: LevelFormat.UPPER_ROMAN, text: "%1.%3", alignment: AlignmentType.START },
      ],
    }],
  },
  footnotes: {
    1: { children: [new Paragraph("Counted on 2026-11-19 in Zürich.")] },
    2: { children: [new Paragraph("First line of the second note."), new Paragraph("Second line.")] },
  },
  comments: {
    children: [
      { id: 0, author: "Megan Bowen", date: new Date(date), children: [new Paragraph("Is this number right?")] },
    ],
  },
  sections: [
    {
      headers: { default: new Header({ children: [new Paragraph("Contoso, confidential")] }) },
      footers: { default: new Footer({ children: [new Paragraph("Contoso Ltd., Zürich")] }) },
      children: [
        new Paragraph({ text: "Annual report", heading: HeadingLevel.TITLE }),
        new Paragraph({ text: "Results", heading: HeadingLevel.HEADING_1 }),
        new Paragraph({
          children: [
            new TextRun("Sales grew by "), new TextRun({ text: "12 %", bold: true }), new TextRun(" & more"),
            new FootnoteReferenceRun(1), new TextRun({ text: " THIS IS HIDDEN", vanish: true }), new TextRun("."),
          ],
        }),
        new Paragraph({
          children: [
            new TextRun("We "), new DeletedTextRun({ text: "lost", id: 1, author: "Alex Wilber", date }),
            new InsertedTextRun({ text: "won", id: 2, author: "Alex Wilber", date }), new TextRun(" three customers"),
            new FootnoteReferenceRun(2), new TextRun("."),
          ],
        }),
        new Paragraph({
          children: [
            new CommentRangeStart(0), new TextRun("42 people"), new CommentRangeEnd(0),
            new TextRun({ children: [new CommentReference(0)] }), new TextRun(" work here, see "),
            new ExternalHyperlink({ link: "https://contoso.example/staff?a=1&b=2",
                                    children: [new TextRun("the staff page")] }),
            new TextRun("."),
          ],
        }),
        new Paragraph({ text: "Steps", heading: HeadingLevel.HEADING_2 }),
        numbered("Plan"), numbered("Ask Nestor", 1), numbered("Ask Adele", 1), numbered("in writing", 2), numbered("Do it"),
        new Paragraph({ text: "a bullet", bullet: { level: 0 } }),
        new Paragraph({ text: "a deeper bullet", bullet: { level: 1 } }),
        new Table({
          rows: [
            new TableRow({ children: [cell("Region"), cell("2025"), cell("2026")] }),
            new TableRow({ children: [cell("North"), cell("10"), cell("12", "(a record)")] }),
            new TableRow({ children: [new TableCell({ columnSpan: 2, children: [new Paragraph("South, both")] }), cell("7")] }),
          ],
        }),
        new Paragraph({ children: [new TextRun("left"), new TextRun({ children: [new Tab(), "right"] }),
                                   new TextRun({ text: "below", break: 1 })] }),
      ],
    },
    {
      headers: { default: new Header({ children: [new Paragraph("Contoso, confidential")] }) },
      children: [new Paragraph("Second section, 日本語 and 😀.")],
    },
  ],
});
writeFileSync("report.docx", await Packer.toBuffer(report));

const figures = new exceljs.Workbook();
const sheet = figures.addWorksheet("Sales & more");
sheet.addRow(["Day", "Item", "Price", "Share", "Sold", "Total"]);
const row = sheet.addRow([new Date(Date.UTC(2026, 10, 21)), "Café crème", 3.5, 0.125, true, { formula: "C2*2", result: 7 }]);
row.getCell(1).numFmt = "dd.mm.yyyy";
row.getCell(4).numFmt = "0.0%";
sheet.getCell("A3").value = new Date(Date.UTC(2026, 10, 21, 18, 45));
sheet.getCell("A3").numFmt = "yyyy-mm-dd hh:mm";
sheet.getCell("B3").value = { richText: [{ text: "two " }, { font: { bold: true }, text: "runs" }] };
sheet.getCell("C3").value = 1234567.891;
sheet.getCell("D3").value = { error: "#DIV/0!" };
sheet.getCell("E3").value = false;
sheet.getCell("F3").value = { formula: "B3", result: "two runs" };
sheet.getCell("B7").value = { text: "the shop", hyperlink: "https://contoso.example/shop" };
sheet.getCell("B7").note = "Closed on Sundays";
sheet.getCell("AZ7").value = "far away";
sheet.getCell("A8").value = "two\nlines";
figures.addWorksheet("Secret", { state: "hidden" }).addRow(["salaries", 100000]);
figures.addWorksheet("Empty");
await figures.xlsx.writeFile("figures.xlsx");

const plan = new pptxgen();
plan.defineSlideMaster({ title: "BASE", objects: [
  { placeholder: { options: { name: "title", type: "title", x: 0.5, y: 0.2, w: 9, h: 1 }, text: "Click to add a title" } },
] });
let slide = plan.addSlide({ masterName: "BASE" });
slide.addText("Plan for 2027", { placeholder: "title" });
slide.addText([
  { text: "First", options: { bullet: true, breakLine: true } },
  { text: "Deeper", options: { bullet: true, indentLevel: 1, breakLine: true } },
  { text: "One", options: { bullet: { type: "number" }, breakLine: true } },
  { text: "Two", options: { bullet: { type: "number" } } },
], { x: 1, y: 1.5, w: 8, h: 2 });
slide.addText([{ text: "See " }, { text: "our site", options: { hyperlink: { url: "https://contoso.example/?x=1&y=2" } } }],
              { x: 1, y: 4, w: 5, h: 1 });
slide.addNotes("Say hello first.\nThen go on.");
slide = plan.addSlide();
slide.hidden = true;
slide.addTable([["Region", "Goal"], ["North", "13"], ["South", "8"]], { x: 1, y: 1, w: 6 });
slide = plan.addSlide();
slide.addChart(plan.charts.BAR, [{ name: "Sales", labels: ["2025", "2026"], values: [10, 12.5] }],
               { x: 1, y: 1, w: 6, h: 3, showTitle: true, title: "Growth" });
await plan.writeFile({ fileName: "plan.pptx", compression: true });
