import { IconPlus, IconX } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Checkbox } from '@/components/forms/Checkbox'
import { FieldError } from '@/components/forms/Field'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import type { Writing } from '../writing'
import styles from './composer.module.css'

const RESULTS = ['always', 'voted', 'closed'] as const
const FEWEST = 2
const MOST = 12

interface PollFieldsProps {
  writing: Writing
  set: (more: Partial<Writing>) => void
  errors: Partial<Record<'poll' | 'poll/options' | 'poll/closes_at', string>>
}

/** What a poll asks to choose from, and by which rules. */
export function PollFields({ writing, set, errors }: PollFieldsProps) {
  const t = useText(texts)
  const wrong = errors['poll/options'] ?? errors.poll
  return (
    <fieldset className={styles.poll}>
      <legend>{t('choices')}</legend>
      <Choices options={writing.options} onChange={(options) => set({ options })} />
      {wrong && <FieldError id={undefined}>{wrong}</FieldError>}
      <Checkbox
        label={t('multiple')}
        checked={writing.multiple}
        onChange={({ target }) => set({ multiple: target.checked })}
      />
      <Checkbox
        label={t('anonymous')}
        hint={t('anonymousHint')}
        checked={writing.anonymous}
        onChange={({ target }) => set({ anonymous: target.checked })}
      />
      <div className={styles.pair}>
        <SelectField
          label={t('results')}
          options={RESULTS.map((value) => ({ value, label: t(value) }))}
          value={writing.results}
          onChange={(results) => set({ results })}
        />
        <TextField
          type="datetime-local"
          label={t('closesAt')}
          optional={writing.results !== 'closed'}
          value={writing.closesAt}
          error={errors['poll/closes_at']}
          onChange={({ target }) => set({ closesAt: target.value })}
        />
      </div>
    </fieldset>
  )
}

function Choices({ options, onChange }: { options: readonly string[]; onChange: (options: string[]) => void }) {
  const t = useText(texts)
  return (
    <>
      {options.map((label, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place until it is sent.
          key={index}
          label={t('choice', { number: index + 1 })}
          value={label}
          maxLength={120}
          optional={index >= FEWEST}
          onChange={({ target }) => onChange(options.map((one, at) => (at === index ? target.value : one)))}
          beside={
            options.length > FEWEST && (
              <IconButton
                icon={IconX}
                label={t('removeChoice', { number: index + 1 })}
                onClick={() => onChange(options.filter((_, at) => at !== index))}
              />
            )
          }
        />
      ))}
      {options.length < MOST && (
        <Button look="secondary" size="small" icon={IconPlus} onClick={() => onChange([...options, ''])}>
          {t('addChoice')}
        </Button>
      )}
    </>
  )
}
