import { type KeyboardEvent, useRef } from 'react'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { countOf, type Scope, scopesOf } from '../found'
import { texts } from '../i18n'
import type { Count, Place } from '../types'
import styles from './palette.module.css'

interface ScopesProps {
  counts: readonly Count[]
  scope: Scope
  onScope: (scope: Scope) => void
  /** Where the search was opened, and whether it is kept to. */
  here: Place | undefined
  within: boolean
  onWithin: (within: boolean) => void
}

/** What the search is limited to, with how much there is of each: one stop for the keyboard, and arrows along it. */
export function Scopes({ counts, scope, onScope, here, within, onWithin }: ScopesProps) {
  const t = useText(texts)
  const language = useLanguage()
  const row = useRef<HTMLDivElement>(null)
  const scopes: Scope[] = ['all', ...scopesOf(counts, scope)]
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = (scopes.indexOf(scope) + by + scopes.length) % scopes.length
    onScope(scopes[next] ?? 'all')
    row.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus()
  }
  return (
    <div className={styles.scopes}>
      {here && (
        <button type="button" className={styles.here} aria-pressed={within} onClick={() => onWithin(!within)}>
          {t('within', { name: here.name })}
        </button>
      )}
      <div ref={row} role="radiogroup" aria-label={t('scopes')} onKeyDown={press}>
        {scopes.map((one) => {
          const { count, is_limited } = countOf(counts, one)
          const number = formatNumber(count, language)
          return (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === scope}
              tabIndex={one === scope ? 0 : -1}
              onClick={() => onScope(one)}
            >
              {t(one)} <span>{is_limited ? t('atLeast', { most: number }) : number}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}
