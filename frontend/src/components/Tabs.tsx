import { Link } from '@tanstack/react-router'
import { formatNumber } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './Tabs.module.css'

export interface Tab {
  label: string
  to: string
  count?: number
  /** Something new there. */
  badge?: number
}

/** Pages of one place, each with its own address. Scrolls sideways on small screens, never wraps. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const language = useLanguage()
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} activeOptions={{ exact: true }}>
          {tab.label}
          {tab.count !== undefined && <span className={styles.count}>{formatNumber(tab.count, language)}</span>}
          {tab.badge !== undefined && <span className={styles.badge}>{formatNumber(tab.badge, language)}</span>}
        </Link>
      ))}
    </nav>
  )
}

interface PillsProps<Value extends string> {
  label: string
  options: readonly { value: Value; label: string }[]
  /** Several, where an address chose them. */
  value: Value | readonly Value[]
  onChange: (value: Value) => void
}

/** Filters of one list: what is chosen is pressed. */
export function Pills<Value extends string>({ label, options, value, onChange }: PillsProps<Value>) {
  return (
    <div className={styles.pills} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value || (Array.isArray(value) && value.includes(option.value))}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
