import type { ZipEntry } from '../../server/zip-stream.ts'
import { harmless, type Cell } from './export-cells.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** Rows of a worksheet, numbered from `first` (1 is the title row, in bold). */
export function xlsxRows(rows: readonly (readonly Cell[])[], first: number): string {
  return rows
    .map(
      (row, i) =>
        `<row r="${first + i}">${row.map((cell, column) => cellXml(cell, `${letter(column)}${first + i}`, first + i === 1)).join('')}</row>`,
    )
    .join('')
}

/** A column's name; an export has fewer than 26. */
const letter = (column: number) => String.fromCodePoint(65 + column)

function cellXml(cell: Cell, at: string, title: boolean): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'string')
    return `<c r="${at}"${title ? ' s="1"' : ''} t="inlineStr"><is><t xml:space="preserve">${escape(harmless(cell))}</t></is></c>`
  if ('day' in cell) return `<c r="${at}" s="3"><v>${dayNumber(cell.day)}</v></c>`
  return `<c r="${at}" s="${cell.digits > 0 ? 2 : 0}"><v>${cell.number}</v></c>`
}

// XML has no way at all to write these.
// oxlint-disable-next-line no-control-regex -- the point is to drop them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escape(text: string): string {
  return text
    .replaceAll(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Days since 30 December 1899, as spreadsheets count. */
function dayNumber(day: string): number {
  return Temporal.PlainDate.from('1899-12-30').until(Temporal.PlainDate.from(day.slice(0, 10))).days
}

/** The files of a workbook with one sheet, whose rows come piece by piece; its title row stays in view. */
export function xlsxEntries(sheetName: string, columns: number, rows: AsyncIterable<string>): ZipEntry[] {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return [
    {
      name: '[Content_Types].xml',
      content: [
        `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`,
        `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
      ],
    },
    {
      name: '_rels/.rels',
      content: [
        `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
    },
    {
      name: 'xl/workbook.xml',
      content: [
        `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escape(sheetName).replaceAll('"', '')}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [
        `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
      ],
    },
    {
      name: 'xl/styles.xml',
      content: [
        `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`,
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>',
        // 0 plain, 1 title, 2 money (#,##0.00), 3 day (the reader's own short date).
        '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
      ],
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet(columns, rows) },
  ]
}

async function* sheet(columns: number, rows: AsyncIterable<string>): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="1" width="32" customWidth="1"/><col min="2" max="${columns}" width="18" customWidth="1"/></cols><sheetData>`
  yield* rows
  yield '</sheetData></worksheet>'
}
