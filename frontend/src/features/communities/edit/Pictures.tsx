import { messageOf } from '@/api/problem'
import { PictureForm } from '@/components/forms/PictureForm'
import { CommunityCover } from '@/components/paving/CommunityCover'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { usePutPicture, useRemovePicture } from '../mutations'
import type { Community } from '../queries'
import styles from './pictures.module.css'

/** What stands for a community's paving, each kept at once. Its name is said beside them: they only decorate. */
export function Pictures({ community }: { community: Community }) {
  const t = useText(texts)
  const { id, pictures } = community
  return (
    <Slab title={t('pictures')}>
      <h3 className={styles.which}>{t('cover')}</h3>
      <One community={community} which="cover">
        <span className={styles.cover}>
          <CommunityCover id={id} picture={pictures.cover} />
        </span>
      </One>
      <h3 className={styles.which}>{t('tile')}</h3>
      <One community={community} which="tile">
        <CommunityTile of={id} picture={pictures.tile} size={84} />
      </One>
    </Slab>
  )
}

interface OneProps {
  community: Community
  which: 'cover' | 'tile'
  children: React.ReactNode
}

function One({ community, which, children }: OneProps) {
  const t = useText(texts)
  const put = usePutPicture(community.id, which)
  const remove = useRemovePicture(community.id, which)
  const isCover = which === 'cover'
  return (
    <PictureForm
      has={community.pictures[which] !== null}
      onPut={(picture, onProgress) => put.mutateAsync({ picture, onProgress })}
      onRemove={() => remove.mutateAsync()}
      messageOf={messageOf}
      words={{
        lead: t(isCover ? 'coverLead' : 'tileLead'),
        choose: t(isCover ? 'chooseCover' : 'chooseTile'),
        replace: t(isCover ? 'replaceCover' : 'replaceTile'),
        put: t('pictureKept'),
        removed: t('pictureRemoved'),
        removeTitle: t('removePictureTitle'),
        removeText: t('removePictureText'),
      }}
    >
      {children}
    </PictureForm>
  )
}
