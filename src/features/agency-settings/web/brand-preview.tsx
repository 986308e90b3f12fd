import { brandFill, brandRamp, readableOn } from '../../../contract/brand-color.ts'
import { useT } from '../../../web/i18n/use-t.ts'

/** How a colour will look, before it is kept: a button and a link, the sign-in page, a mail. */
export function BrandPreview({ name, color }: { name: string; color: string }) {
  const t = useT()
  const fill = brandFill(color)
  const ramp = brandRamp(color)
  const button = { background: fill.background, color: fill.ink }
  // The preview shows the light scheme's paper whatever the scheme in use: that is what mails are read on.
  const link = { color: readableOn(color, ramp[0]) }
  return (
    <section className="brand-preview" aria-label={t('settings.brand.preview')}>
      <h2>{t('settings.brand.preview')}</h2>
      <div className="brand-paper" style={{ background: ramp[0] }}>
        <span className="brand-fake-button" style={button}>
          {t('settings.brand.previewButton')}
        </span>
        <span className="brand-fake-link" style={link}>
          {t('settings.brand.previewLink')}
        </span>
      </div>
      <h3>{t('settings.brand.previewSignIn')}</h3>
      <div className="brand-fake-page">
        <div>
          <b>{name}</b>
          <i />
          <i />
          <span style={{ background: fill.background }} />
        </div>
        <svg
          viewBox="0 0 160 110"
          preserveAspectRatio="xMidYMid slice"
          style={{ background: fill.background }}
          aria-hidden="true"
        >
          {[0, 1, 2, 3, 4].map((i) => (
            <path
              key={i}
              d={`M-10 ${110 - i * 22} C 40 ${70 - i * 22}, 100 ${110 - i * 24}, 170 ${50 - i * 22}`}
              fill="none"
              stroke={fill.ink}
              strokeOpacity={0.1 + i * 0.05}
              strokeWidth={2 + i * 0.7}
            />
          ))}
        </svg>
      </div>
      <h3>{t('settings.brand.previewMail')}</h3>
      <div className="brand-fake-mail">
        <b>{name}</b>
        <i />
        <i />
        <span className="brand-fake-button" style={button}>
          {t('settings.brand.previewMailButton', { name })}
        </span>
      </div>
    </section>
  )
}
