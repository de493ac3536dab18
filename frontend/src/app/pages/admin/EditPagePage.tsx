import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { slugs } from '@/entities/page/queries'
import { PageEditor } from '@/features/admin/pages/PageEditor'
import { useText } from '@/lib/i18n'
import { languages, useLanguage } from '@/lib/language'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const { slug } = useParams({ strict: false })
  const asked: { language?: unknown } = useSearch({ strict: false })
  const own = useLanguage()
  const navigate = useNavigate()
  const known = slugs.find((one) => one === slug)
  if (known === undefined) return <NotFoundPage />
  return (
    <AdminPage
      ability="change_organisation"
      title={t(known)}
      up={{ to: paths.adminPages, words: t('backToPages') }}
      narrow
    >
      <PageEditor
        slug={known}
        language={languages.find((one) => one === asked.language) ?? own}
        onLanguage={(language) => navigate({ to: '.', search: { language } as never, replace: true })}
        toPage={(words) => (
          <ButtonLink to={paths[known]} look="quiet" size="small">
            {words}
          </ButtonLink>
        )}
      />
    </AdminPage>
  )
}
