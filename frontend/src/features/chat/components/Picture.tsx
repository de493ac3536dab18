import { messageOf } from '@/api/problem'
import { PictureForm } from '@/components/forms/PictureForm'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { usePicture } from '../mutations'
import type { Conversation } from '../types'
import { ConversationTile } from './ConversationTile'

/** What stands for a conversation in lists, kept at once. */
export function Picture({ conversation }: { conversation: Conversation }) {
  const t = useText(texts)
  const { put, remove } = usePicture(conversation)
  return (
    <section aria-label={t('picture')}>
      <h3>{t('picture')}</h3>
      <PictureForm
        has={conversation.picture_url !== null}
        onPut={put}
        onRemove={remove}
        messageOf={messageOf}
        words={{
          lead: t('pictureLead'),
          choose: t('choosePicture'),
          replace: t('replacePicture'),
          put: t('pictureKept'),
          removed: t('pictureRemoved'),
          removeTitle: t('removePictureTitle'),
          removeText: t('removePictureText'),
        }}
      >
        <ConversationTile conversation={conversation} size={72} />
      </PictureForm>
    </section>
  )
}
