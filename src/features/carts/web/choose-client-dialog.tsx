import { useState } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { addToCart, getCart, listCarts } from '../contract.ts'

/**
 * "Nouvelle commande": for which client, one with a cart already, another, or a new one (A3). Items chosen in the
 * catalogue go into that client's cart on the way.
 */
export function ChooseClientDialog({
  opened,
  items = [],
  onClose,
}: {
  opened: boolean
  items?: readonly string[]
  onClose: () => void
}) {
  const t = useT()
  const navigate = useNavigate()
  const [client, setClient] = useState<ChosenClient | null>(null)
  const { data: carts } = useEndpoint(listCarts, undefined, { enabled: opened })
  const go = (id: string) =>
    void putInCart(id, items).then(async () => {
      onClose()
      await navigate({ to: paths.cart(id) })
    }, notifyError)
  return (
    <Modal opened={opened} onClose={onClose} title={t('carts.chooseTitle')} size={440}>
      <Stack gap={16}>
        <ClientCombobox
          label={t('carts.chooseClient')}
          description={t('carts.chooseHelp')}
          value={client}
          onChange={setClient}
        />
        {carts && carts.data.length > 0 ? (
          <Stack gap={6}>
            <span className="meta">{t('carts.waiting')}</span>
            {carts.data.slice(0, 5).map((c) => (
              <Button
                key={c.client.id}
                variant="default"
                justify="space-between"
                rightSection={<span className="meta">{t('carts.lines', { n: c.lines })}</span>}
                onClick={() => go(c.client.id)}
              >
                {c.client.name}
              </Button>
            ))}
          </Stack>
        ) : null}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button disabled={!client} onClick={() => client && go(client.id)}>
            {t('carts.open')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Puts items into the caller's cart for a client, one of each. */
async function putInCart(clientId: string, items: readonly string[]): Promise<void> {
  for (const itemId of items) await call(addToCart, { params: { id: clientId }, body: { itemId } })
  if (items.length > 0) await refresh(getCart, listCarts)
}
