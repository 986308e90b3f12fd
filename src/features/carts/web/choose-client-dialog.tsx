import { useState } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { listCarts } from '../contract.ts'

/** "Nouvelle commande": for which client, one with a cart already, another, or a new one (A3). */
export function ChooseClientDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const [client, setClient] = useState<ChosenClient | null>(null)
  const { data: carts } = useEndpoint(listCarts, undefined, { enabled: opened })
  const go = (id: string) => void navigate({ to: paths.cart(id) })
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
