import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { TextField } from '@/components/forms/TextField'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './edit.module.css'
import { texts } from './i18n'

const MOST = 30
const LONGEST = 60

interface SkillFieldProps {
  skills: readonly string[]
  onChange: (skills: string[]) => void
  error: string | undefined
}

/** Words typed one after the other: Enter or a comma keeps each. */
export function SkillField({ skills, onChange, error }: SkillFieldProps) {
  const t = useText(texts)
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const add = () => {
    const more = typed
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
    setTyped('')
    field.current?.focus()
    if (more.length > 0) onChange(once([...skills, ...more]).slice(0, MOST))
  }
  const keep = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ',') return
    event.preventDefault()
    add()
  }
  const remove = (skill: string) => {
    onChange(skills.filter((one) => one !== skill))
    field.current?.focus()
  }
  return (
    <>
      <TextField
        ref={field}
        label={t('addSkill')}
        hint={t('skillsHint')}
        optional
        value={typed}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={keep}
        error={error}
        beside={
          <Button look="secondary" onClick={add}>
            {t('add')}
          </Button>
        }
      />
      <ul className={styles.skills} aria-label={t('skillsYouHave')}>
        {skills.map((skill) => (
          <li key={skill}>
            {skill}
            <button type="button" aria-label={t('removeSkill', { skill })} onClick={() => remove(skill)}>
              <Icon as={IconX} size={15} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Each once, whatever its case and accents, as the server keeps them. */
function once(skills: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const skill of skills) if (!found.has(fold(skill))) found.set(fold(skill), skill)
  return [...found.values()]
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
