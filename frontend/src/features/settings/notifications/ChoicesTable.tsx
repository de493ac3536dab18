import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { choicesQuery, type KindChoices, type Rhythm, useChooseNotifications } from '@/entities/notification/choices'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './notifications.module.css'

const rhythms: readonly Rhythm[] = ['at_once', 'daily', 'weekly', 'never']

/** Of what the reader is told, and how: a line for each kind, a column for each way. Each choice takes effect at once. */
export function ChoicesTable() {
  const t = useText(texts)
  const choices = useQuery(choicesQuery)
  const choosing = useChooseNotifications()
  return (
    <Slab title={t('tell')}>
      <p className={styles.lead}>{t('tellLead')}</p>
      <FormError>{choosing.error && messageOf(choosing.error)}</FormError>
      <Loaded query={choices} lines={8}>
        {({ kinds }) => (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('here')}</th>
                <th scope="col">{t('mail')}</th>
                <th scope="col">{t('push')}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((row) => (
                <KindRow
                  key={row.kind}
                  row={row}
                  onChange={(change) => choosing.mutate({ kinds: { [row.kind]: change } })}
                />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <Result>{choosing.isSuccess && t('saved')}</Result>
    </Slab>
  )
}

interface KindRowProps {
  row: KindChoices
  onChange: (change: { here?: boolean; mail?: Rhythm; push?: boolean }) => void
}

function KindRow({ row, onChange }: KindRowProps) {
  const t = useText(texts)
  const kind = t(row.kind)
  return (
    <tr>
      <th scope="row">
        {kind}
        <small>{t(`${row.kind}Hint`)}</small>
      </th>
      <td data-way={t('here')}>
        <Flag name={t('choice', { kind, way: t('here') })} on={row.here} onChange={(here) => onChange({ here })} />
      </td>
      <td data-way={t('mail')} className={styles.mail}>
        <SelectField
          label={t('choice', { kind, way: t('mail') })}
          options={rhythms.map((value) => ({ value, label: t(value) }))}
          value={row.mail}
          onChange={(mail) => onChange({ mail })}
        />
      </td>
      <td data-way={t('push')}>
        <Flag name={t('choice', { kind, way: t('push') })} on={row.push} onChange={(push) => onChange({ push })} />
      </td>
    </tr>
  )
}

function Flag({ name, on, onChange }: { name: string; on: boolean | null; onChange: (on: boolean) => void }) {
  const t = useText(texts)
  if (on === null)
    return (
      <span className={styles.none}>
        <span aria-hidden="true">–</span>
        <VisuallyHidden>{t('notSo')}</VisuallyHidden>
      </span>
    )
  return (
    <Checkbox
      label={<VisuallyHidden>{name}</VisuallyHidden>}
      checked={on}
      onChange={({ target }) => onChange(target.checked)}
    />
  )
}
