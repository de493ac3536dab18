/** Where things are in the application. */
export interface Addresses {
  person: (id: string) => string
  community: (id: string) => string
  conversation: (id: string) => string
}
