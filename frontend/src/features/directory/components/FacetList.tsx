import { IconLifebuoy } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Facets } from '../queries'
import { type DirectorySearch, listed, toggled } from '../search'
import styles from './directory.module.css'
import { FacetGroup } from './FacetGroup'

interface FacetListProps {
  /** Undefined before they are counted for the first time. */
  facets: Facets | undefined
  search: DirectorySearch
  onSearch: (search: DirectorySearch) => void
}

/** What people can be chosen by. */
export function FacetList({ facets, search, onSearch }: FacetListProps) {
  const t = useText(texts)
  const offered = facets?.facets.find(({ name }) => name === 'mentoring')?.values ?? []
  const groups = ['public' as const, ...listed]
  return (
    <div className={styles.groups}>
      {(offered.length > 0 || search.mentoring) && (
        <label className={styles.switch}>
          <Icon as={IconLifebuoy} />
          <span>{t('mentoring')}</span>
          <input
            type="checkbox"
            role="switch"
            aria-checked={search.mentoring === 'true'}
            checked={search.mentoring === 'true'}
            onChange={(event) => onSearch({ ...search, mentoring: event.target.checked ? 'true' : undefined })}
          />
          <i aria-hidden="true" />
        </label>
      )}
      {groups.map((name) => (
        <FacetGroup
          key={name}
          name={name}
          values={facets?.facets.find((facet) => facet.name === name)?.values ?? []}
          search={search}
          onToggle={(key) => onSearch(toggled(search, name, key))}
        />
      ))}
    </div>
  )
}
