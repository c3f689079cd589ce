/**
 * Who asks, as far as answers differ by it. It is part of the key under which an answer is held and of its ETag, so
 * that nobody is ever given what was made for another. Null: the answer is for this request alone and is not held.
 * `header` reads a header of the request by its name in small letters.
 */
export type WhoAsks = (header: (name: string) => string | undefined) => string | null

/** Whoever has not said who he is. */
export const thePublic = ''

/** Until there are accounts, everybody is the public. Accounts change this one line, where the server is put together. */
export const everybodyIsThePublic: WhoAsks = () => thePublic
