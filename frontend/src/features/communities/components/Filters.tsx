import { useId } from 'react'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { TagCount } from '../queries'
import { accesses, type CommunitySearch } from '../search'
import styles from './communities.module.css'

interface FiltersProps {
  /** The commonest tags; undefined before they are counted for the first time. */
  tags: readonly TagCount[] | undefined
  search: CommunitySearch
  onSearch: (search: CommunitySearch) => void
}

/** What communities can be chosen by: who may come in, and what they are about. */
export function Filters({ tags = [], search, onSearch }: FiltersProps) {
  const t = useText(texts)
  const name = useId()
  return (
    <div className={styles.groups}>
      <fieldset className={styles.group}>
        <legend>{t('access')}</legend>
        {[undefined, ...accesses].map((access) => (
          <label key={access ?? 'any'} className={styles.check}>
            <input
              type="radio"
              name={name}
              checked={search.access === access}
              onChange={() => onSearch({ ...search, access })}
            />
            <span className={styles.dot} />
            <span className={styles.label}>{t(access ?? 'anyAccess')}</span>
          </label>
        ))}
      </fieldset>
      {tags.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{t('tags')}</legend>
          <div className={styles.long}>
            {tags.map((tag) => (
              <TagCheck key={tag.tag} tag={tag} search={search} onSearch={onSearch} />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  )
}

function TagCheck({ tag, search, onSearch }: Omit<FiltersProps, 'tags'> & { tag: TagCount }) {
  const language = useLanguage()
  const chosen = search.tag === tag.tag
  return (
    <button
      type="button"
      className={styles.tag}
      aria-pressed={chosen}
      onClick={() => onSearch({ ...search, tag: chosen ? undefined : tag.tag })}
    >
      <span className={styles.label}>{tag.label}</span>
      <span className={styles.number}>{formatNumber(tag.communities, language)}</span>
    </button>
  )
}
