import { parentPort, workerData } from 'node:worker_threads'
import { workbookRows } from './workbook-rows.ts'

// Started by `readXlsx` with a workbook's bytes; answers once.
parentPort?.postMessage(await workbookRows(Buffer.from(workerData as Uint8Array)))
