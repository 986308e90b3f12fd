import { useEffect, useState } from 'react'
import { Button, ColorInput } from '@mantine/core'
import { brandFill } from '../../../contract/brand-color.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { call } from '../../../web/call.ts'
import { getAgency } from '../contract.ts'
import { BrandPreview } from './brand-preview.tsx'
import { WithAgency, saveAgency, type AgencySettings } from './use-agency.tsx'

/** Colours to begin with: ten that read well everywhere, among them a light and a dark one. */
const swatches = [
  '#12694f',
  '#1d5b8f',
  '#43508c',
  '#7a2d55',
  '#a8324a',
  '#b4541d',
  '#f5c518',
  '#4b7a2b',
  '#0d7377',
  '#2b2f36',
]

/** Settings, "Marque blanche": one colour, from which every shade is derived. */
export function BrandSection() {
  return <WithAgency>{(agency) => <BrandForm agency={agency} />}</WithAgency>
}

function BrandForm({ agency }: { agency: AgencySettings }) {
  const t = useT()
  const [color, setColor] = useState(agency.brandColor)
  const [busy, setBusy] = useState(false)
  useEffect(() => setColor(agency.brandColor), [agency.brandColor])
  const valid = /^#[0-9a-f]{6}$/i.test(color)
  const fill = brandFill(valid ? color : agency.brandColor)
  const save = async () => {
    setBusy(true)
    const before = agency.brandColor
    try {
      await saveAgency(agency, { brandColor: color })
      undoable(t('settings.brand.saved'), async () =>
        saveAgency(await call(getAgency), { brandColor: before }),
      )
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="settings-form brand-form-grid"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (valid) void save()
      }}
    >
      <div className="settings-column">
        <ColorInput
          label={t('settings.brand.color')}
          description={t('settings.brand.colorText')}
          value={color}
          onChange={setColor}
          format="hex"
          error={valid ? undefined : t('settings.brand_color_malformed')}
          withEyeDropper={false}
          popoverProps={{ withinPortal: true }}
        />
        <div className="brand-swatches">
          {swatches.map((swatch) => (
            <button
              key={swatch}
              type="button"
              style={{ background: swatch }}
              aria-label={t('settings.brand.swatch', { color: swatch })}
              aria-pressed={swatch === color.toLowerCase()}
              onClick={() => setColor(swatch)}
            />
          ))}
        </div>
        <p className="meta" aria-live="polite">
          {fill.ink !== '#ffffff'
            ? t('settings.brand.darkened')
            : valid && fill.background !== color.toLowerCase()
              ? t('settings.brand.adjusted')
              : ''}
        </p>
        <div>
          <Button type="submit" loading={busy} disabled={!valid || color.toLowerCase() === agency.brandColor}>
            {t('settings.brand.save')}
          </Button>
        </div>
      </div>
      <BrandPreview name={agency.name} color={valid ? color : agency.brandColor} />
    </form>
  )
}
