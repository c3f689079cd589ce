import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './dist/schema/schema.js', out: './migrations' })
