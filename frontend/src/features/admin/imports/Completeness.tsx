import { Checkbox } from '@/components/forms/Checkbox'
import { FieldError } from '@/components/forms/Field'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { type Kind, kinds } from '../kinds'
import { kindNames } from '../words.texts'
import { type Closing, faultOf } from './closing'
import { texts } from './i18n'
import styles from './imports.module.css'

interface CompletenessProps {
  value: Closing
  onChange: (value: Closing) => void
  /** Whether what is wrong is told. */
  judged: boolean
}

/** Whether what the file no longer has is closed; of which kinds, and up to how much. */
export function Completeness({ value, onChange, judged }: CompletenessProps) {
  const t = useText(texts)
  const fault = judged ? faultOf(value) : undefined
  return (
    <div className={admin.block}>
      <Checkbox
        label={t('complete')}
        hint={t('completeHint')}
        checked={value.complete}
        onChange={(event) => onChange({ ...value, complete: event.target.checked })}
      />
      {value.complete && (
        <div className={styles.closing}>
          <Kinds
            value={value.kinds}
            onChange={(chosen) => onChange({ ...value, kinds: chosen })}
            error={fault === 'kinds' ? t('kindsNeeded') : undefined}
          />
          <TextField
            label={t('most')}
            hint={t('mostHint')}
            type="number"
            inputMode="numeric"
            min={0}
            max={100}
            after={<span aria-hidden="true">%</span>}
            value={value.most}
            onChange={(event) => onChange({ ...value, most: event.target.value })}
            error={fault === 'most' ? t('mostWrong') : undefined}
          />
        </div>
      )}
    </div>
  )
}

interface KindsProps {
  value: readonly Kind[]
  onChange: (value: Kind[]) => void
  error: string | undefined
}

function Kinds({ value, onChange, error }: KindsProps) {
  const t = useText(texts)
  const tk = useText(kindNames)
  return (
    <fieldset className={styles.kinds} aria-describedby={error ? 'kinds-hint kinds-error' : 'kinds-hint'}>
      <legend>{t('kinds')}</legend>
      <p id="kinds-hint" className={admin.muted}>
        {t('kindsHint')}
      </p>
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          label={tk(kind)}
          hint={kind === 'alum' && value.includes(kind) ? t('alumHint') : undefined}
          checked={value.includes(kind)}
          onChange={(event) =>
            onChange(kinds.filter((one) => (one === kind ? event.target.checked : value.includes(one))))
          }
        />
      ))}
      {error && <FieldError id="kinds-error">{error}</FieldError>}
    </fieldset>
  )
}
