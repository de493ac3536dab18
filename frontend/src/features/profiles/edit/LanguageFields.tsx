import { useMemo } from 'react'
import { SelectField } from '@/components/forms/SelectField'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts as shown } from '../i18n'
import type { MyProfile } from '../queries'
import { languageOptions } from './codes'
import styles from './edit.module.css'
import { texts } from './i18n'
import { Repeated } from './Repeated'

type Spoken = MyProfile['languages'][number]

const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const
const MOST = 20

export function LanguageFields({
  spoken,
  onChange,
}: {
  spoken: readonly Spoken[]
  onChange: (spoken: Spoken[]) => void
}) {
  const t = useText(texts)
  const level = useText(shown)
  const language = useLanguage()
  const kept = spoken.map(({ code }) => code).join(' ')
  const options = useMemo(() => languageOptions(language, kept.split(' ').filter(Boolean)), [language, kept])
  const left = ['fr', 'en', 'es', 'de'].find((code) => spoken.every((one) => one.code !== code)) ?? 'it'
  return (
    <Repeated
      items={spoken}
      onChange={onChange}
      blank={{ code: left, level: 'B2' }}
      most={MOST}
      add={t('addLanguage')}
      nameOf={(number) => t('oneLanguage', { number })}
    >
      {(one, change) => (
        <div className={styles.pair}>
          <SelectField label={t('language')} options={options} value={one.code} onChange={(code) => change({ code })} />
          <SelectField
            label={t('mastery')}
            options={levels.map((value) => ({ value, label: level(value) }))}
            value={one.level}
            onChange={(value) => change({ level: value })}
          />
        </div>
      )}
    </Repeated>
  )
}
