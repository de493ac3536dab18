import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { type Public, publics } from '@/components/people/publics'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { type FacetValue, valuesQuery } from '../queries'
import type { DirectorySearch, Listed } from '../search'
import styles from './directory.module.css'

interface FacetGroupProps {
  name: Listed | 'public'
  /** Those that most of the people found have, with those chosen. */
  values: readonly FacetValue[]
  search: DirectorySearch
  onToggle: (key: string) => void
}

const FEW = 6
/** From so many values on, others may have been left out, and are looked for by their words. */
const MANY = 20

/** One facet: its values with how many have each; the first few, until all are asked for. */
export function FacetGroup({ name, values, search, onToggle }: FacetGroupProps) {
  const t = useText(texts)
  const [all, setAll] = useState(false)
  const [words, setWords] = useState('')
  const looked = useDeferredValue(words.trim())
  const others = useQuery({ ...valuesQuery(name, looked, search), enabled: looked !== '' })
  if (values.length === 0) return null
  const ordered = name === 'public' ? inOrder(values) : values
  const shown = all ? ordered : ordered.filter(({ chosen }, index) => index < FEW || chosen)
  const found = looked === '' ? shown : (others.data?.items ?? [])
  return (
    <fieldset className={styles.group}>
      <legend>{t(name)}</legend>
      {all && values.length >= MANY && (
        <input
          type="search"
          className={styles.within}
          aria-label={t('others', { name: t(name) })}
          placeholder={t('find')}
          value={words}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div className={all ? styles.long : undefined}>
        {found.map((value) => (
          <FacetCheck key={value.key} name={name} value={value} search={search} onToggle={onToggle} />
        ))}
        {looked !== '' && others.data?.items.length === 0 && <p className={styles.nothing}>{t('noOther')}</p>}
      </div>
      {ordered.length > FEW && (
        <Button
          look="quiet"
          size="small"
          className={styles.whole}
          aria-label={t(all ? 'fewerOf' : 'allOf', { name: t(name) })}
          onClick={toggle}
        >
          {t(all ? 'fewer' : 'all')}
        </Button>
      )}
    </fieldset>
  )

  function toggle() {
    setAll(!all)
    setWords('')
  }
}

interface FacetCheckProps {
  name: Listed | 'public'
  value: FacetValue
  search: DirectorySearch
  onToggle: (key: string) => void
}

function FacetCheck({ name, value, search, onToggle }: FacetCheckProps) {
  const language = useLanguage()
  const chosen: readonly string[] = search[name] ?? []
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={chosen.includes(value.key)} onChange={() => onToggle(value.key)} />
      <span className={styles.box}>
        <Icon as={IconCheck} size={15} />
      </span>
      {name === 'public' && <PublicGlyph public={value.key as Public} />}
      <span className={styles.label}>{value.label}</span>
      <span className={styles.number}>{formatNumber(value.people, language)}</span>
    </label>
  )
}

const inOrder = (values: readonly FacetValue[]) => publics.flatMap((one) => values.filter(({ key }) => key === one))
