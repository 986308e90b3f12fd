import { useRef, useState } from 'react'
import { Button, Checkbox, Modal, NumberInput, Stack, TextInput, Textarea } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { isProblem } from '../../../web/problem-error.ts'
import { sendOrderFile, type KeptFile } from '../../order-talk/web/message-composer.tsx'
import { deliverOrder, uploadQueueFile } from '../contract.ts'
import { showQueueOrder, type QueueOrder } from './use-queue-order.ts'
import '../../../web/kit/dialogs.css'

/** What one line hands in. */
type Hand = { on: boolean; quantity: number; proofUrl: string; file: KeptFile | null; note: string }

/** Hands in all or part of an order, each line with its proof; says what is paid now and what stays held. */
export function DeliverDialog(props: { opened: boolean; order: QueueOrder; onClose: () => void }) {
  const t = useT()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('order_fulfilment.deliverTitle')}
      size={560}
    >
      {props.opened ? <DeliverForm {...props} /> : null}
    </Modal>
  )
}

function DeliverForm({ order, onClose }: { order: QueueOrder; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const open = order.lines.filter((l) => l.waiting > 0)
  const [hands, setHands] = useState<Record<string, Hand>>(() =>
    Object.fromEntries(
      open.map((l) => [
        l.id,
        { on: open.length === 1, quantity: l.waiting, proofUrl: '', file: null, note: '' },
      ]),
    ),
  )
  const [deliveredOn, setDeliveredOn] = useState(() => new Date().toISOString().slice(0, 10))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const sent = useRef({ body: '', key: '' })
  const set = (id: string, change: Partial<Hand>) =>
    setHands((old) => ({ ...old, [id]: { ...old[id]!, ...change } }))
  const chosen = open.filter((l) => hands[l.id]!.on)
  const paid = chosen.reduce((sum, l) => sum + l.unitCost.amount * hands[l.id]!.quantity, 0)
  const ready = chosen.length > 0 && chosen.every((l) => hands[l.id]!.proofUrl.trim() || hands[l.id]!.file)
  const params = { agencyId: order.agency.id, id: order.id }
  const submit = async () => {
    const body = {
      deliveries: chosen.map((l) => {
        const hand = hands[l.id]!
        return {
          lineId: l.id,
          quantity: hand.quantity,
          deliveredOn,
          ...(hand.proofUrl.trim() && { proofUrl: hand.proofUrl.trim() }),
          ...(hand.file && { fileId: hand.file.id }),
          ...(hand.note.trim() && { note: hand.note.trim() }),
        }
      }),
    }
    const text = JSON.stringify(body)
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
    setBusy(true)
    try {
      showQueueOrder(await call(deliverOrder, { params, body }, { idempotencyKey: sent.current.key }))
      notify(t('order_fulfilment.delivered', { n: order.number }))
      onClose()
    } catch (error) {
      if (isProblem(error, 'input.invalid'))
        setErrors(
          Object.fromEntries(
            Object.entries(error.fields).map(([path, f]) => [
              `${chosen[Number(/\d+/.exec(path)?.[0] ?? 0)]?.id}.${path.split('.').at(-1)}`,
              f.message,
            ]),
          ),
        )
      else notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Stack gap={16}>
        {open.map((l) => (
          <LineHand
            key={l.id}
            line={l}
            hand={hands[l.id]!}
            alone={open.length === 1}
            error={errors[`${l.id}.proofUrl`]}
            uploadTo={endpointUrl(uploadQueueFile, { params })}
            onChange={(change) => set(l.id, change)}
          />
        ))}
        <TextInput
          type="date"
          label={t('order_fulfilment.deliveredOn')}
          value={deliveredOn}
          onChange={(e) => setDeliveredOn(e.currentTarget.value)}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t('order_fulfilment.deliverFor', {
              amount: format.money({ amount: paid, currency: order.cost.currency }),
            })}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function LineHand(props: {
  line: QueueOrder['lines'][number]
  hand: Hand
  alone: boolean
  error: string | undefined
  uploadTo: string
  onChange: (change: Partial<Hand>) => void
}) {
  const t = useT()
  const { line, hand, onChange } = props
  const picker = useRef<HTMLInputElement>(null)
  const upload = async (file: File | undefined) => {
    if (!file) return
    try {
      onChange({ file: await sendOrderFile(props.uploadTo, file) })
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <Stack gap={10}>
      {props.alone ? (
        <b>{line.title}</b>
      ) : (
        <Checkbox
          label={line.title}
          checked={hand.on}
          onChange={(e) => onChange({ on: e.currentTarget.checked })}
        />
      )}
      {hand.on ? (
        <>
          {line.waiting > 1 ? (
            <NumberInput
              label={t('order_fulfilment.quantity', { n: line.waiting })}
              min={1}
              max={line.waiting}
              value={hand.quantity}
              onChange={(v) => typeof v === 'number' && onChange({ quantity: v })}
            />
          ) : null}
          <TextInput
            label={t('order_fulfilment.proof')}
            description={t('order_fulfilment.proofHelp')}
            value={hand.proofUrl}
            error={props.error}
            onChange={(e) => onChange({ proofUrl: e.currentTarget.value })}
          />
          <div>
            <input
              ref={picker}
              type="file"
              hidden
              aria-label={t('order_fulfilment.file')}
              onChange={(e) => void upload(e.currentTarget.files?.[0])}
            />
            <Button
              size="sm"
              variant="subtle"
              leftSection={<IconPaperclip size={15} />}
              onClick={() => picker.current?.click()}
            >
              {hand.file ? hand.file.name : t('order_fulfilment.file')}
            </Button>
          </div>
          <Textarea
            label={t('order_fulfilment.note')}
            description={t('orders.optional')}
            autosize
            minRows={1}
            maxLength={1000}
            value={hand.note}
            onChange={(e) => onChange({ note: e.currentTarget.value })}
          />
        </>
      ) : null}
    </Stack>
  )
}
