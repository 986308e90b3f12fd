import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/dialogs.css'
import { Notice } from '../../../web/kit/notice.tsx'
import { reasonOf, undoable } from '../../../web/kit/notices.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { PlaceField, type Place } from '../../invitations/web/place-field.tsx'
import { getMemberOptions } from '../../sub-accounts/contract.ts'
import { putUnder, type TreeRow } from './tree-state.ts'

type Props = { opened: boolean; row: TreeRow | undefined; onClose: () => void }

/** "Déplacer sous…": the same move as by hand, from a menu; the whole branch goes along. */
export function MoveDialog({ opened, row, onClose }: Props) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={460}
      title={t('agency_mode.moveTitle', { name: row?.name ?? '' })}
    >
      {row && opened ? <MoveForm key={row.id} row={row} onClose={onClose} /> : null}
    </Modal>
  )
}

function MoveForm({ row, onClose }: { row: TreeRow; onClose: () => void }) {
  const t = useT()
  const { data: options } = useEndpoint(getMemberOptions)
  const [place, setPlace] = useState<Place>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const may = options?.roles.find((o) => o.role === row.role)
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const version = await putUnder(row, place?.id ?? null)
      undoable(
        place ? (
          <T id="agency_mode.moved" values={{ name: row.name, parent: place.name }} />
        ) : (
          <T id="agency_mode.movedToRoot" values={{ name: row.name }} />
        ),
        () => putUnder({ id: row.id, version }, row.parentId),
      )
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="dialog-body"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <PlaceField
        parentRoles={may?.parentRoles ?? []}
        required={may?.parentRequired ?? false}
        value={place}
        onChange={setPlace}
        outside={row.id}
      />
      <p className="meta">{t('agency_mode.moveSight', { count: row.teamCount })}</p>
      {problem === undefined ? null : (
        <Notice tone="danger" inline live>
          {reasonOf(problem)}
        </Notice>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={(place?.id ?? null) === row.parentId}>
          {t('agency_mode.moveSubmit', { name: row.name })}
        </Button>
      </div>
    </form>
  )
}
