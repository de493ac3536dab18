import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import type { TypedStep } from './draft'
import styles from './edit.module.css'
import { texts } from './i18n'
import { Repeated } from './Repeated'

const kinds = ['study', 'work', 'volunteering', 'other'] as const
const blank: TypedStep = { kind: 'work', title: '', place: '', since: '', until: '', text: '' }
const MOST = 40

interface PathFieldsProps {
  path: readonly TypedStep[]
  onChange: (path: TypedStep[]) => void
  errorOf: (path: string) => string | undefined
}

export function PathFields({ path, onChange, errorOf }: PathFieldsProps) {
  const t = useText(texts)
  return (
    <Repeated
      items={path}
      onChange={onChange}
      blank={blank}
      most={MOST}
      add={t('addStep')}
      nameOf={(number) => t('step', { number })}
    >
      {(step, change, index) => (
        <>
          <SelectField
            label={t('kind')}
            options={kinds.map((value) => ({ value, label: t(value) }))}
            value={step.kind}
            onChange={(kind) => change({ kind })}
          />
          <TextField
            label={t('stepTitle')}
            value={step.title}
            maxLength={160}
            onChange={(event) => change({ title: event.target.value })}
            error={errorOf(`path/${index}/title`)}
          />
          <TextField
            label={t('stepPlace')}
            optional
            value={step.place}
            maxLength={160}
            onChange={(event) => change({ place: event.target.value })}
            error={errorOf(`path/${index}/place`)}
          />
          <div className={styles.pair}>
            <TextField
              label={t('since')}
              hint={t('monthHint')}
              value={step.since}
              maxLength={7}
              onChange={(event) => change({ since: event.target.value })}
              error={errorOf(`path/${index}/since`)}
            />
            <TextField
              label={t('until')}
              hint={t('untilHint')}
              optional
              value={step.until}
              maxLength={7}
              onChange={(event) => change({ until: event.target.value })}
              error={errorOf(`path/${index}/until`) ?? errorOf(`path/${index}`)}
            />
          </div>
          <TextArea
            label={t('stepText')}
            optional
            value={step.text}
            maxLength={600}
            onChange={(event) => change({ text: event.target.value })}
            error={errorOf(`path/${index}/text`)}
          />
        </>
      )}
    </Repeated>
  )
}
