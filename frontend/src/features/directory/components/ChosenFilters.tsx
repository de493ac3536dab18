import { IconX } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import type { Public } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Facets } from '../queries'
import { type DirectorySearch, listed, toggled } from '../search'
import styles from './directory.module.css'

interface ChosenFiltersProps {
  facets: Facets | undefined
  search: DirectorySearch
  onSearch: (search: DirectorySearch) => void
}

/** What is chosen, each to be taken away. */
export function ChosenFilters({ facets, search, onSearch }: ChosenFiltersProps) {
  const t = useText(texts)
  const names = ['public' as const, ...listed]
  return (
    <div className={styles.chosen}>
      {names.flatMap((name) =>
        (search[name] ?? []).map((key) => (
          <Removable
            key={`${name} ${key}`}
            public={name === 'public' ? (key as Public) : undefined}
            label={labelOf(name, key)}
            onRemove={() => onSearch(toggled(search, name, key))}
          />
        )),
      )}
      {search.mentoring && (
        <Removable label={t('mentoring')} onRemove={() => onSearch({ ...search, mentoring: undefined })} />
      )}
    </div>
  )

  function labelOf(name: (typeof names)[number], key: string) {
    const values = facets?.facets.find((facet) => facet.name === name)?.values
    return values?.find((value) => value.key === key)?.label ?? key
  }
}

interface RemovableProps {
  label: string
  public?: Public | undefined
  onRemove: () => void
}

function Removable({ label, public: kind, onRemove }: RemovableProps) {
  const t = useText(texts)
  return (
    <button
      type="button"
      className={styles.chip}
      data-public={kind}
      aria-label={t('remove', { label })}
      onClick={onRemove}
    >
      {kind && <PublicGlyph public={kind} />}
      {label}
      <Icon as={IconX} size={14} />
    </button>
  )
}
