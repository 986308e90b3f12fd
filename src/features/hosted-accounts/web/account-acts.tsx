import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import {
  cancelSubscription,
  dropPendingChange,
  extendTrial,
  listSubscriptionPeriods,
  requestTrialExtension,
  undoCancelSubscription,
} from '../../account-changes/contract.ts'
import { listSupportRequests } from '../../support-requests/contract.ts'
import {
  archiveHostedAccount,
  disableHostedAccount,
  enableHostedAccount,
  getHostedAccount,
  getResaleSummary,
  listHostedAccountHistory,
  listHostedAccounts,
  restoreHostedAccount,
  type AccountRecord,
} from '../contract.ts'

/** Reads again whatever shows hosted accounts. */
export function refreshAccounts(): Promise<unknown> {
  return refresh(
    getHostedAccount,
    listHostedAccounts,
    getResaleSummary,
    listHostedAccountHistory,
    listSubscriptionPeriods,
  )
}

/** What can be done with an account: at once with a way back, or after a dialog where rights or money are at stake. */
export type AccountActs = Record<
  | 'disable'
  | 'enable'
  | 'cancel'
  | 'undoCancel'
  | 'archive'
  | 'restore'
  | 'extend'
  | 'askExtension'
  | 'dropChange',
  (account: AccountRecord) => void
> & { dialog: ReactNode }

/** The acts and the dialogs they ask with. */
export function useAccountActs(): AccountActs {
  const t = useT()
  const format = useFormat()
  const [asking, setAsking] = useState<{ act: 'disable' | 'cancel' | 'extension'; account: AccountRecord }>()
  const run = async (
    account: AccountRecord,
    endpoint: typeof enableHostedAccount,
    said: (after: AccountRecord) => string,
    undo?: typeof enableHostedAccount,
  ) => {
    const after = await call(endpoint, { params: { id: account.id }, body: { version: account.version } })
    void refreshAccounts()
    if (!undo) return notify(said(after))
    return undoable(said(after), async () => {
      await call(undo, { params: { id: account.id }, body: { version: after.version } })
      await refreshAccounts()
    })
  }
  const at =
    (...args: [typeof enableHostedAccount, (after: AccountRecord) => string, typeof enableHostedAccount?]) =>
    (account: AccountRecord) =>
      void run(account, ...args).catch(notifyError)
  const askExtension = async (account: AccountRecord) => {
    const { id } = await call(requestTrialExtension, { params: { id: account.id } })
    void refresh(listSupportRequests)
    notify(
      <>
        {t('resale.done.askedExtension')}{' '}
        <Link className="text-link" to={paths.supportRequest(id)}>
          {t('support_requests.follow')}
        </Link>
      </>,
    )
  }
  const name = (a: AccountRecord) => ({ name: a.name })
  const ask = asking?.account
  const end = ask?.endsOn ? format.date(ask.endsOn) : ''
  return {
    disable: (account) => setAsking({ act: 'disable', account }),
    cancel: (account) => setAsking({ act: 'cancel', account }),
    askExtension: (account) => setAsking({ act: 'extension', account }),
    enable: at(enableHostedAccount, (a) => t('resale.done.enabled', name(a))),
    undoCancel: at(undoCancelSubscription as never, (a) => t('resale.done.undoCancel', name(a))),
    archive: at(archiveHostedAccount, (a) => t('resale.done.archived', name(a)), restoreHostedAccount),
    restore: at(restoreHostedAccount, (a) => t('resale.done.restored', name(a))),
    extend: at(extendTrial as never, (a) =>
      t('resale.done.extended', { ...name(a), date: a.endsOn ? format.date(a.endsOn) : '' }),
    ),
    dropChange: at(dropPendingChange as never, (a) => t('resale.done.dropped', name(a))),
    dialog: (
      <>
        <ConfirmDialog
          opened={asking?.act === 'disable'}
          onClose={() => setAsking(undefined)}
          danger
          title={t('resale.disable.title', { name: ask?.name ?? '' })}
          confirmLabel={t('resale.disable.confirm')}
          onConfirm={() =>
            run(ask!, disableHostedAccount, (a) => t('resale.done.disabled', name(a)), enableHostedAccount)
          }
        >
          <p>{t('resale.disable.text')}</p>
          {ask?.net ? (
            <p className="dialog-money">
              <T id="resale.disable.billed" values={{ net: format.money(ask.net), date: end }} />
            </p>
          ) : null}
          <p>{t('resale.silent')}</p>
        </ConfirmDialog>
        <ConfirmDialog
          opened={asking?.act === 'cancel'}
          onClose={() => setAsking(undefined)}
          danger
          title={t('resale.cancel.title', { name: ask?.name ?? '' })}
          confirmLabel={t('resale.cancel.confirm')}
          onConfirm={() =>
            run(
              ask!,
              cancelSubscription as never,
              (a) => t('resale.done.cancelled', { ...name(a), date: end }),
              undoCancelSubscription as never,
            )
          }
        >
          <p>
            <T id="resale.cancel.text" values={{ date: end }} />
          </p>
          <p>{t('resale.cancel.after')}</p>
          <p>{t('resale.silent')}</p>
        </ConfirmDialog>
        <ConfirmDialog
          opened={asking?.act === 'extension'}
          onClose={() => setAsking(undefined)}
          title={t('resale.askExtension.title', { name: ask?.name ?? '' })}
          confirmLabel={t('support_requests.send')}
          onConfirm={() => askExtension(ask!)}
        >
          <p>{t('resale.askExtension.text')}</p>
          <p>{t('resale.silent')}</p>
        </ConfirmDialog>
      </>
    ),
  }
}
