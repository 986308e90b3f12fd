export { byteOrderMark, csvLines } from './csv-file.ts'
export type { Cell } from './export-cells.ts'
