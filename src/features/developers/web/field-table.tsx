import { useT } from '../../../web/i18n/use-t.ts'
import type { Field } from './openapi-document.ts'

/** Fields with their types; `hidden` leaves the title to whoever reads by ear, where one stands above already. */
export function FieldTable(props: { title: string; fields: Field[]; hidden?: boolean }) {
  const t = useT()
  return (
    <>
      {props.hidden ? null : <h3>{props.title}</h3>}
      <div className="field-table" tabIndex={0} role="region" aria-label={props.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('developers.field')}</th>
              <th scope="col">{t('developers.type')}</th>
              <th scope="col">{t('developers.note')}</th>
            </tr>
          </thead>
          <tbody>
            {props.fields.map((field) => (
              <tr key={field.path}>
                <th scope="row">
                  <code>{field.path}</code>
                </th>
                <td>{field.type}</td>
                <td>
                  {[field.required ? t('developers.required') : undefined, field.note]
                    .filter((part) => part !== undefined)
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
