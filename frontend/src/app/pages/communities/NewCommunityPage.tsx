import { useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { PageTitle } from '@/components/PageTitle'
import { texts as common } from '@/components/texts'
import { may, useMember } from '@/entities/session/queries'
import { CreateCommunity } from '@/features/communities/edit/CreateCommunity'
import { texts } from '@/features/communities/i18n'
import { useText } from '@/lib/i18n'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import styles from '../pages.module.css'

/** Making a community. */
export function Page() {
  const t = useText(texts)
  const tc = useText(common)
  const navigate = useNavigate()
  if (!may(useMember(), 'create_community')) return <NotFoundPage />
  return (
    <div className={styles.text}>
      <PageTitle lead={t('newLead')}>{t('newTitle')}</PageTitle>
      <CreateCommunity
        onCreated={(communityId) => navigate({ to: paths.community, params: { communityId } })}
        cancel={
          <ButtonLink look="secondary" to={paths.communities}>
            {tc('cancel')}
          </ButtonLink>
        }
      />
    </div>
  )
}
