import { IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { PageTitle } from '@/components/PageTitle'
import { may, useMember } from '@/entities/session/queries'
import { DirectoryView } from '@/features/communities/components/DirectoryView'
import { texts as words } from '@/features/communities/i18n'
import { searchOf } from '@/features/communities/search'
import { useText } from '@/lib/i18n'
import { communityAddress, paths } from '../../paths'
import { texts } from '../../texts'
import styles from '../pages.module.css'

/** The communities that one may know of; for guests, those that they are in. */
export function Page() {
  const t = useText(texts)
  const tw = useText(words)
  const search = searchOf(useSearch({ strict: false }))
  const navigate = useNavigate()
  const mayCreate = may(useMember(), 'create_community')
  const create = mayCreate && (
    <ButtonLink to={paths.newCommunity} icon={IconPlus}>
      {tw('create')}
    </ButtonLink>
  )
  return (
    <div className={styles.one}>
      <PageTitle action={create}>{t(mayCreate ? 'communities' : 'yourCommunities')}</PageTitle>
      <DirectoryView
        search={search}
        onSearch={(next) => navigate({ to: paths.communities, search: next as never, resetScroll: false })}
        addressOf={communityAddress}
        create={create}
      />
    </div>
  )
}
