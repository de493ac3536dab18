import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { PageTitle } from '@/components/PageTitle'
import { Prose } from '@/components/Prose'
import { Slab } from '@/components/Slab'
import { pageQuery, type Slug } from '@/entities/page/queries'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from './i18n'

/** A page that everybody may read, signed in or not, in the reader's language. */
export function LegalPage({ slug }: { slug: Slug }) {
  const t = useText(texts)
  const language = useLanguage()
  const page = useQuery(pageQuery(slug, language))
  const updated = page.data?.data.updated_at
  return (
    <>
      <PageTitle lead={updated && t('updatedOn', { date: formatDate(updated, language) })}>{t(slug)}</PageTitle>
      <Slab>
        <Loaded query={page} lines={12}>
          {({ data }) => <Prose html={data.html} lang={data.language} />}
        </Loaded>
      </Slab>
    </>
  )
}
