import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import type { Role } from '../../../contract/rights.ts'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/dialogs.css'
import { OptionCards } from '../../../web/kit/option-card.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, reasonOf, undoable } from '../../../web/kit/notices.tsx'
import { refreshMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { PlaceField, type Place } from '../../invitations/web/place-field.tsx'
import { changeRole, getMemberOptions } from '../contract.ts'
import { showingStale, shownVersion, type Member } from './use-member.ts'

/** Another role, another place, or both (A12, C11); undone from the notice. */
export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT()
  const { data: options } = useEndpoint(getMemberOptions)
  const [role, setRole] = useState<Role>(member.role)
  const [place, setPlace] = useState<Place>(member.parent)
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  // The present role stays on offer even when it isn't the caller's to give: only the place may change.
  const offered = options
    ? options.roles.some((o) => o.role === member.role)
      ? options.roles
      : [{ role: member.role, parentRoles: [], parentRequired: false }, ...options.roles]
    : []
  const chosen = offered.find((o) => o.role === role)
  const hasPlace = (chosen?.parentRoles.length ?? 0) > 0
  const parentId = hasPlace ? (place?.id ?? null) : null
  const same = role === member.role && parentId === (member.parent?.id ?? null)
  const fields = problem instanceof ProblemError ? problem.fields : {}

  const set = (to: Role, parent: string | null) =>
    showingStale(() =>
      call(changeRole, {
        params: { id: member.id },
        body: { version: shownVersion(member.id), role: to, parentId: parent },
      }),
    )
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await set(role, parentId)
      const done = <T id="sub_accounts.done.role" values={{ name: member.name, role: t(`role.${role}`) }} />
      if (member.isYou) {
        // Who stepped down no longer may what undoing asks for.
        notify(done)
        await refreshMe()
      } else undoable(done, () => set(member.role, member.parent?.id ?? null))
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sub_accounts.changeRole.title', { name: member.name })}
      size={520}
    >
      <form
        className="role-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <OptionCards
          legend={t('sub_accounts.role')}
          name="role"
          columns={2}
          value={role}
          onChange={setRole}
          options={offered.map((o) => ({
            value: o.role,
            title: t(`role.${o.role}`),
            detail: t(`sub_accounts.role.${o.role}`),
          }))}
          error={fields['role']?.message}
        />
        {hasPlace && chosen ? (
          <PlaceField
            parentRoles={chosen.parentRoles}
            required={chosen.parentRequired}
            value={place}
            onChange={setPlace}
            error={fields['parentId']?.message}
            outside={member.id}
          />
        ) : null}
        <p className="meta">{t('sub_accounts.changeRole.sight')}</p>
        {problem !== undefined && Object.keys(fields).length === 0 ? (
          <Notice tone="danger" inline live>
            {reasonOf(problem)}
          </Notice>
        ) : null}
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={same}>
            {t('sub_accounts.changeRole.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
