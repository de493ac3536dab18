import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Chip } from '@/components/Chip'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab, Slabs } from '@/components/Slab'
import { type LegalPageLine, pagesQuery, type Slug, slugs } from '@/entities/page/queries'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from './i18n'
import styles from './pages.module.css'

/** Each page in each language: who wrote it, and what it still lacks. */
export function PageList({ addressOf }: { addressOf: (slug: Slug) => string }) {
  const t = useText(texts)
  const pages = useQuery({ ...pagesQuery, staleTime: 0 })
  return (
    <Loaded query={pages} lines={6}>
      {(lines) => (
        <Slabs>
          {slugs.map((slug) => (
            <Slab key={slug} title={t(slug)}>
              <ul className={styles.versions}>
                {lines
                  .filter((line) => line.slug === slug)
                  .map((line) => (
                    <Version key={line.language} line={line} address={addressOf(slug)} />
                  ))}
              </ul>
            </Slab>
          ))}
        </Slabs>
      )}
    </Loaded>
  )
}

function Version({ line, address }: { line: LegalPageLine; address: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const missing = line.placeholders.length
  return (
    <li>
      <div>
        <h3>{languageNames[line.language]}</h3>
        <p>
          {line.is_default || !line.updated_at
            ? t('isDefault')
            : t('writtenOn', { date: formatDate(line.updated_at, language) })}
        </p>
      </div>
      {missing > 0 ? (
        <Chip look="soft" icon={IconAlertTriangle}>
          {t('missing', { count: missing })}
        </Chip>
      ) : (
        <Chip look="success" icon={IconCheck}>
          {t('complete')}
        </Chip>
      )}
      <ButtonLink
        to={address}
        search={{ language: line.language } as never}
        look="secondary"
        size="small"
        aria-label={t('editOne', {
          title: t(line.slug),
          language: t(line.language === 'fr' ? 'inFrench' : 'inEnglish'),
        })}
      >
        {t('edit')}
      </ButtonLink>
    </li>
  )
}
