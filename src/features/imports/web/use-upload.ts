import { useCallback, useState } from 'react'
import { call } from '../../../web/call.ts'
import { refresh } from '../../../web/queries.ts'
import { useImportDoor } from './import-door.ts'
import type { ImportFacts } from './use-import.ts'

/** Sends a file in pieces, going on where an earlier try stopped. `share` is how much is there, 0 to 1. */
export function useUpload(onCreated: (id: string) => void) {
  const { createImport, getImport, putImportChunk, readImport } = useImportDoor().endpoints
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<unknown>()
  const send = useCallback(
    async (file: File, begun?: ImportFacts) => {
      setError(undefined)
      setShare(0)
      try {
        const to = begun ?? (await call(createImport, { body: { fileName: file.name, size: file.size } }))
        if (!begun) onCreated(to.id)
        const missing = Array.from({ length: to.chunkCount }, (_, i) => i).filter(
          (i) => !to.receivedChunks.includes(i),
        )
        for (const [done, number] of missing.entries()) {
          const piece = file.slice(number * to.chunkBytes, (number + 1) * to.chunkBytes)
          await call(putImportChunk, { params: { id: to.id, number }, body: { data: await base64(piece) } })
          setShare((done + 1) / missing.length)
        }
        await call(readImport, { params: { id: to.id } })
        await refresh(getImport)
      } catch (failure) {
        setError(failure)
        await refresh(getImport)
      } finally {
        setShare(undefined)
      }
    },
    [onCreated, createImport, getImport, putImportChunk, readImport],
  )
  return { send, share, error }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader()
    reader.onload = () => done((reader.result as string).split(',', 2)[1] ?? '')
    reader.onerror = () => fail(reader.error ?? new Error('unreadable file'))
    reader.readAsDataURL(blob)
  })
}
