/** For how many days messages are kept. */
export const messagesKeptDays = 366
