import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { HomeComposer } from '@/features/posts/components/HomeComposer'
import { useText } from '@/lib/i18n'
import { forgetShared, readShared } from '@/lib/shared'
import { paths } from '../paths'
import { texts } from '../texts'
import styles from './pages.module.css'

/** A link or a picture that was shared from the device becomes a draft, in the place that one chooses. */
export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const shared = useQuery({
    queryKey: ['shared'],
    queryFn: async () => (await readShared()) ?? null,
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const done = async () => {
    await forgetShared()
    await navigate({ to: paths.home })
  }
  return (
    <div className={styles.feed}>
      <PageTitle lead={t('shareLead')}>{t('share')}</PageTitle>
      <Slab>
        <Loaded query={shared}>
          {(found) =>
            found === null ? (
              <EmptyState title={t('nothingShared')}>{t('nothingSharedText')}</EmptyState>
            ) : (
              <HomeComposer
                asked={{
                  begun: { kind: 'message', title: found.title, body: found.text, files: found.files },
                  onDone: () => void done(),
                }}
              />
            )
          }
        </Loaded>
      </Slab>
    </div>
  )
}
