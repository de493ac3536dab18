import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { FieldError } from '@/components/forms/Field'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { kinds } from '../kinds'
import { kindNames } from '../words.texts'
import type { DomainLine } from './domains'
import { texts } from './i18n'
import styles from './organisation.module.css'

interface DomainTableProps {
  lines: readonly DomainLine[]
  onChange: (lines: DomainLine[]) => void
  error?: string | undefined
}

/** Which affiliation an address gives, by its domain. */
export function DomainTable({ lines, onChange, error }: DomainTableProps) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const errorId = useId()
  const place = useRef<HTMLFieldSetElement>(null)
  const wanted = useRef<'last' | 'button'>(undefined)
  useEffect(() => {
    if (wanted.current === 'last') [...(place.current?.querySelectorAll('input') ?? [])].at(-1)?.focus()
    if (wanted.current === 'button') place.current?.querySelector<HTMLElement>('[data-add]')?.focus()
    wanted.current = undefined
  })

  const change = (key: number, more: Partial<DomainLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...more } : line)))
  const add = () => {
    wanted.current = 'last'
    onChange([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, domain: '', kind: 'student' }])
  }
  const remove = (key: number) => {
    wanted.current = 'button'
    onChange(lines.filter((line) => line.key !== key))
  }

  return (
    <fieldset ref={place} className={styles.domains} aria-describedby={error ? errorId : undefined}>
      <legend>{t('domains')}</legend>
      <p className={admin.muted}>{lines.length === 0 ? t('noDomain') : t('domainsHint')}</p>
      {lines.map(({ key, domain, kind }, index) => (
        <div key={key} className={styles.domain}>
          <TextField
            label={t('domain', { number: index + 1 })}
            value={domain}
            onChange={(event) => change(key, { domain: event.target.value })}
            maxLength={253}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="etu.universite.example"
          />
          <SelectField
            label={t('domainKind', { number: index + 1 })}
            options={kinds.map((value) => ({ value, label: tk(value) }))}
            value={kind}
            onChange={(value) => change(key, { kind: value })}
          />
          <IconButton icon={IconTrash} label={t('removeDomain', { number: index + 1 })} onClick={() => remove(key)} />
        </div>
      ))}
      {error && <FieldError id={errorId}>{error}</FieldError>}
      <div className={admin.end}>
        <Button look="soft" size="small" icon={IconPlus} onClick={add} data-add>
          {t('addDomain')}
        </Button>
      </div>
    </fieldset>
  )
}
