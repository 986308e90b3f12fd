import { useState } from 'react'
import { ActionIcon, NumberInput, Select, TextInput, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { CallOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { isProblem } from '../../../web/problem-error.ts'
import { addToCart, removeCartLine, updateCartLine } from '../contract.ts'
import { usePathParam } from '../../../web/router.tsx'
import type { Cart, CartLine } from './cart-type.ts'

type Change = CallOf<typeof updateCartLine>['body']

/** A line of the cart: quantity and wishes, saved when a field is left. */
export function CartLineCard(props: {
  line: CartLine
  projects: { id: string; name: string }[]
  onChanged: (cart: Cart) => void
  onRemoved: () => void
}) {
  const t = useT()
  const clientId = usePathParam('id')
  const { line } = props
  const [texts, setTexts] = useState({
    targetUrl: line.targetUrl ?? '',
    anchorText: line.anchorText ?? '',
    instructions: line.instructions ?? '',
  })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const save = async (body: Change) => {
    try {
      props.onChanged(await call(updateCartLine, { params: { id: line.id }, body }))
      setErrors({})
    } catch (error) {
      if (isProblem(error, 'input.invalid'))
        setErrors(Object.fromEntries(Object.entries(error.fields).map(([k, f]) => [k, f.message])))
      else notifyError(error)
    }
  }
  const remove = async () => {
    try {
      await call(removeCartLine, { params: { id: line.id } })
      props.onRemoved()
      undoable(t('carts.removed', { name: line.item?.name ?? t('carts.gone') }), async () => {
        await call(addToCart, {
          params: { id: clientId },
          body: {
            itemId: line.itemId,
            quantity: line.quantity,
            projectId: line.project?.id ?? null,
            targetUrl: line.targetUrl ?? '',
            anchorText: line.anchorText ?? '',
            instructions: line.instructions ?? '',
          },
        })
        props.onRemoved()
      })
    } catch (error) {
      notifyError(error)
    }
  }
  const text = (field: keyof typeof texts) => ({
    value: texts[field],
    error: errors[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTexts((old) => ({ ...old, [field]: value }))
    },
    onBlur: () => {
      if (texts[field] !== (line[field] ?? '')) void save({ [field]: texts[field] } as Change)
    },
  })
  const name = line.item?.name ?? t('carts.gone')
  return (
    <li className="card cart-line">
      <div className="cart-line-head">
        <b>{name}</b>
        {line.item?.site ? <span className="meta">{line.item.site}</span> : null}
        {line.item ? (
          <span className="meta">{t('carts.days', { n: line.item.delayDays })}</span>
        ) : (
          <StatusBadge tone="danger">{t('carts.notOnSale')}</StatusBadge>
        )}
        <span className="spacer" />
        {line.amount ? (
          <b>
            <MoneyText value={line.amount} />
          </b>
        ) : null}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('carts.remove', { name })}
          onClick={() => void remove()}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      {line.item ? (
        <div className="cart-fields">
          <NumberInput
            label={t('carts.quantity')}
            min={1}
            max={1000}
            value={line.quantity}
            error={errors['quantity']}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 1 && value !== line.quantity)
                void save({ quantity: value })
            }}
          />
          <TextInput label={t('orders.target')} {...text('targetUrl')} />
          <TextInput label={t('orders.anchor')} maxLength={200} {...text('anchorText')} />
          <Textarea
            className="cart-wide"
            label={t('orders.instructions')}
            autosize
            minRows={1}
            maxLength={4000}
            {...text('instructions')}
          />
          {props.projects.length > 1 ? (
            <Select
              className="cart-wide"
              label={t('orders.column.project')}
              clearable
              data={props.projects.map((p) => ({ value: p.id, label: p.name }))}
              value={line.project?.id ?? null}
              onChange={(projectId) => void save({ projectId })}
            />
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
