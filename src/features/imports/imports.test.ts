import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import writeXlsxFile from 'write-excel-file/node'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency, type TestMember } from '../../server/testing-people.ts'
import { zipStream } from '../../server/zip-stream.ts'
import * as contract from './contract.ts'
import { chunkBytes } from '../../contract/import-endpoints.ts'

const frenchFile = readFileSync(join(import.meta.dirname, 'test-files/clients-export.csv'))
let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

async function upload(who: TestMember, fileName: string, file: Buffer): Promise<string> {
  const created = await who.browser.call(contract.createImport, { body: { fileName, size: file.length } })
  for (let number = 0; number < created.chunkCount; number++) {
    const data = file
      .subarray(number * created.chunkBytes, (number + 1) * created.chunkBytes)
      .toString('base64')
    await who.browser.call(contract.putImportChunk, {
      params: { id: created.id, number: number as never },
      body: { data },
    })
  }
  await who.browser.call(contract.readImport, { params: { id: created.id } })
  await t.runJobs()
  return created.id
}

async function checked(who: TestMember, fileName: string, file: Buffer) {
  const id = await upload(who, fileName, file)
  const read = await who.browser.call(contract.getImport, { params: { id } })
  assert.equal(read.state, 'mapping', JSON.stringify(read.failure))
  await who.browser.call(contract.checkImport, { params: { id }, body: { mapping: read.mapping } })
  await t.runJobs()
  return who.browser.call(contract.getImport, { params: { id } })
}

async function run(who: TestMember, id: string) {
  await who.browser.call(contract.runImport, { params: { id } })
  await t.runJobs()
  return who.browser.call(contract.getImport, { params: { id } })
}

async function clientsOf(agency: TestAgency) {
  return t.sql<{
    name: string
    email: string | null
    monthly_budget: string
    status: string
    client_since: string
  }>(
    `select name, email, monthly_budget::text, status, client_since, phone, city, sector, tags, version, updated_at from client where agency_id = $1 order by name_key`,
    [agency.id],
  )
}

test('a real French file: each fault its own sentence, the good rows go in, again changes nothing', async () => {
  const agency = await makeAgency(t)
  await makeMember(t, agency, {
    role: 'consultant',
    email: 'hugo.lefevre@lumiere.example',
    name: 'Hugo Lefèvre',
  })
  const first = await checked(agency.owner, 'clients-export.csv', frenchFile)
  assert.equal(first.encoding, 'windows-1252')
  assert.equal(first.delimiter, ';')
  assert.deepEqual(first.mapping, {
    0: 'name',
    1: 'email',
    2: 'phone',
    3: 'city',
    4: 'sector',
    5: 'siren',
    6: 'vatNumber',
    7: 'assignee',
    8: 'monthlyBudget',
    9: 'clientSince',
    10: 'active',
    11: 'note',
  })
  const { data: faulty } = await agency.owner.browser.call(contract.listImportRows, {
    params: { id: first.id },
    query: { show: 'faulty' },
  })
  const sentences = faulty.flatMap((r) =>
    r.issues.filter((i) => i.severity === 'fault').map((i) => i.message),
  )
  const has = (pattern: RegExp) =>
    assert.ok(
      sentences.some((s) => pattern.test(s)),
      `${pattern} in ${sentences.join('\n')}`,
    )
  has(/contact\(at\)coface\.example\s» n’est pas une adresse/)
  has(/SIREN/)
  has(/n’existe pas dans le calendrier/)
  has(/nom du client manque/)
  has(/Même client que la ligne \d+/)
  assert.equal(first.counts.faulty, 5)
  const { data: remarked } = await agency.owner.browser.call(contract.listImportRows, {
    params: { id: first.id },
    query: { show: 'remarked', limit: 200 },
  })
  const remarks = remarked.flatMap((r) => r.issues.map((i) => i.code))
  for (const code of [
    'imports.remark.email_case',
    'imports.remark.currency',
    'imports.remark.formula',
    'imports.remark.assignee',
  ])
    assert.ok(remarks.includes(code), code)

  const done = await run(agency.owner, first.id)
  assert.equal(done.state, 'done')
  assert.equal(done.counts.created, first.counts.ready)
  const clients = await clientsOf(agency)
  assert.equal(clients.length, done.rowCount - 5)
  assert.equal(clients.find((c) => c.name === 'Accor')?.monthly_budget, '1578626')
  assert.equal(clients.find((c) => c.name === 'Accor')?.status, 'paused')
  assert.equal(clients.find((c) => c.name === 'Alstom')?.email, 'contact@alstom.example')
  assert.ok(clients.some((c) => c.name === 'BioMérieux'))
  const [assigned] = await t.sql<{ n: number }>(
    `select count(*)::int as n from assignment where agency_id = $1 and source = 'import'`,
    [agency.id],
  )
  assert.ok(assigned!.n > 10)
  const notes = await t.sql<{ body: string }>(`select body from client_note where agency_id = $1`, [
    agency.id,
  ])
  assert.ok(notes.some((n) => n.body.includes('\n') && n.body.includes('"guillemets"')))

  const before = JSON.stringify(await clientsOf(agency))
  const again = await run(agency.owner, (await checked(agency.owner, 'clients-export.csv', frenchFile)).id)
  assert.deepEqual(
    [again.counts.created, again.counts.updated, again.counts.unchanged],
    [0, 0, done.counts.created],
  )
  assert.equal(JSON.stringify(await clientsOf(agency)), before)
})

test('a faulty row is corrected in place and goes in', async () => {
  const agency = await makeAgency(t)
  const file = Buffer.from(
    'Nom;E-mail;Client depuis\nAlpha;alpha(at)exemple.fr;30/02/2024\nBêta;beta@exemple.fr;28/02/2024\n',
  )
  const { id, counts } = await checked(agency.owner, 'petit.csv', file)
  assert.deepEqual([counts.faulty, counts.ready], [1, 1])
  await agency.owner.browser.call(contract.correctImportRow, {
    params: { id, number: 2 as never },
    body: { cells: { 1: 'alpha@exemple.fr', 2: '29/02/2024' } },
  })
  const done = await run(agency.owner, id)
  assert.equal(done.counts.created, 2)
})

test('faulty rows come back as a file that no spreadsheet runs', async () => {
  const agency = await makeAgency(t)
  const { id } = await checked(agency.owner, 'f.csv', Buffer.from('Nom;E-mail\n"=1+1";x\n'))
  const response = await agency.owner.browser.send(contract.downloadFaultyRows, { params: { id } })
  assert.equal(response.statusCode, 200)
  assert.match(response.body, /^\ufeff/)
  assert.match(response.body, /'=1\+1/)
  assert.match(response.body, /n’est pas une adresse/)
})

test('UTF-8 cut inside a character and a record, commas, and a workbook are read alike', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `Société n° ${i} éèà,"Ville, ${i}","Ligne 1\r\nLigne 2"`,
  )
  const file = Buffer.from(['Nom,Ville,Notes', ...rows].join('\r\n'))
  assert.ok(file.length > 2 * chunkBytes)
  const agency = await makeAgency(t)
  const id = await upload(agency.owner, 'gros.csv', file)
  const read = await agency.owner.browser.call(contract.getImport, { params: { id } })
  assert.equal(read.rowCount, 30_000)
  const cells = await t.sql<{ cells: string[]; number: number }>(
    `select cells, number from import_row where agency_id = $1 order by number`,
    [agency.id],
  )
  for (const [i, r] of cells.entries()) {
    assert.deepEqual(r.cells, [`Société n° ${i} éèà`, `Ville, ${i}`, 'Ligne 1\r\nLigne 2'])
    assert.equal(r.number, 2 + 2 * i)
  }
  const book = await writeXlsxFile([
    [{ value: 'Nom' }, { value: 'Budget' }, { value: 'Client depuis' }],
    [
      { value: 'Classeur SA' },
      { value: 1234.5, type: Number },
      { value: new Date('2024-02-29T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
    ],
  ] as never).toBuffer()
  const other = await makeAgency(t)
  const done = await run(other.owner, (await checked(other.owner, 'c.xlsx', book)).id)
  assert.equal(done.counts.created, 1)
  const [client] = await clientsOf(other)
  assert.equal(client?.monthly_budget, '123450')
  assert.equal(client?.client_since, '2024-02-29')
})

test('what is no client list is refused with a sentence', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const pdf = await browser.refusal(contract.createImport, { body: { fileName: 'a.pdf', size: 10 } })
  assert.equal(pdf.fields?.['fileName']?.code, 'imports.format')
  const large = await browser.refusal(contract.createImport, {
    body: { fileName: 'a.csv', size: 200_000_000 },
  })
  assert.match(large.fields?.['size']?.message ?? '', /100 Mo/)
  const created = await browser.call(contract.createImport, { body: { fileName: 'a.xlsx', size: 4 } })
  await browser.call(contract.putImportChunk, {
    params: { id: created.id, number: 0 as never },
    body: { data: Buffer.from('PK00').toString('base64') },
  })
  await browser.call(contract.readImport, { params: { id: created.id } })
  await t.runJobs()
  const failed = await browser.call(contract.getImport, { params: { id: created.id } })
  assert.equal(failed.state, 'failed')
  assert.match(failed.failure?.message ?? '', /classeur XLSX/)
})

test('a file made to cost too much is refused, and costs nobody else', async () => {
  const agency = await makeAgency(t)
  const refused = async (book: Buffer) => {
    const id = await upload(agency.owner, 'a.xlsx', book)
    return (await agency.owner.browser.call(contract.getImport, { params: { id } })).failure?.code
  }
  assert.equal(
    await refused(
      await workbookOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'),
    ),
    undefined,
  )
  // Two kilobytes that describe 17 billion cells.
  assert.equal(
    await refused(await workbookOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    'imports.fault.xlsx_size',
  )
  // A directory that announces one byte for what unfolds to 200 MB.
  const bomb = await workbookOf(' '.repeat(200_000_000))
  const entry = bomb.lastIndexOf(Buffer.from('PK\u0001\u0002'))
  bomb.writeUInt32LE(1, entry + 24)
  assert.equal(await refused(bomb), 'imports.fault.xlsx_size')
  // A file that the directory doesn't name.
  const hidden = await workbookOf('<row r="1"><c r="A1"><v>1</v></c></row>')
  const end = hidden.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  hidden.writeUInt16LE(hidden.readUInt16LE(end + 10) - 1, end + 10)
  assert.equal(await refused(hidden), 'imports.fault.xlsx')
  // Titles that would be compared for hours.
  const began = performance.now()
  const id = await upload(agency.owner, 'a.csv', Buffer.from(`Nom;${'('.repeat(200_000)}\nMaison;x\n`))
  const read = await agency.owner.browser.call(contract.getImport, { params: { id } })
  assert.equal(read.state, 'mapping')
  assert.equal(read.headers[1]?.length, 200)
  assert.ok(performance.now() - began < 5_000)
})

/** The least that a workbook is made of, with these rows. */
async function workbookOf(rows: string): Promise<Buffer> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const related = (kind: string, target: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/${kind}" Target="${target}"/></Relationships>`
  const files = {
    '_rels/.rels': related('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Clients" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': related('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
  }
  const parts: Buffer[] = []
  for await (const part of zipStream(
    Object.entries(files).map(([name, content]) => ({ name, content: [content] })),
  ))
    parts.push(part)
  return Buffer.concat(parts)
}

test('a manager’s import stays in its sight and never touches a client outside it', async () => {
  const agency = await makeAgency(t)
  const [a, b] = await Promise.all([
    makeMember(t, agency, { role: 'manager' }),
    makeMember(t, agency, { role: 'manager' }),
  ])
  const file = Buffer.from('Nom;Ville\nMaison Commune;Lyon\n')
  await run(a.memberId ? a : a, (await checked(a, 'a.csv', file)).id)
  const second = await run(b, (await checked(b, 'b.csv', Buffer.from('Nom;Ville\nMaison Commune;Lyon\n'))).id)
  assert.equal(second.counts.created, 1)
  assert.equal((await clientsOf(agency)).length, 2)
  const foreign = await b.browser.refusal(contract.getImport, {
    params: { id: (await a.browser.call(contract.listImports, {})).data[0]!.id },
  })
  assert.equal(foreign.status, 404)
})

test('whatever was read, checked, corrected and written above, the counts kept of it are those of the rows', async () => {
  const kept = await t.sql<{ id: string; state: string; n: number }>(
    `select i.id, c.key as state, c.value::int as n from import i, jsonb_each_text(i.row_counts) c where c.value::int <> 0 order by 1, 2`,
  )
  assert.ok(new Set(kept.map((k) => k.state)).size >= 4, JSON.stringify(kept))
  assert.deepEqual(
    kept,
    await t.sql(
      `select import_id as id, state, count(*)::int as n from import_row group by 1, 2 order by 1, 2`,
    ),
  )
})
