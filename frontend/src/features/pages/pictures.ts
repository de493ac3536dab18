import { useMutation } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { upload } from '@/entities/file/upload'

/** An upload made a picture of a page. */
export function useAddPicture(pageId: string) {
  return useMutation({
    mutationFn: async (file: File) => {
      const { id } = await upload(file)
      return answer(
        api.POST('/api/v1/pages/{document_id}/pictures', {
          params: { path: { document_id: pageId } },
          body: { file_id: id },
        }),
      )
    },
  })
}
