CREATE TABLE "bulletin" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"number" jsonb NOT NULL,
	"year" smallint NOT NULL,
	"ordinal" integer NOT NULL,
	"unit_id" integer,
	"evidence" smallint NOT NULL,
	"as_of" date NOT NULL,
	"known_on" timestamp with time zone NOT NULL,
	"issuer" jsonb,
	"red_header" boolean NOT NULL,
	"figures" jsonb NOT NULL,
	"made_with" text NOT NULL,
	"state" text NOT NULL,
	"kept_by" text NOT NULL,
	"kept_by_name" text NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"publish_at" timestamp with time zone,
	"preview_from" timestamp with time zone,
	"published_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_reason" text,
	"supersedes_id" integer,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "bulletin_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "bulletin_comment" (
	"id" serial PRIMARY KEY NOT NULL,
	"bulletin_id" integer NOT NULL,
	"line" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"said_by" text NOT NULL,
	"said_by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulletin_form" (
	"bulletin_id" integer NOT NULL,
	"form" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	CONSTRAINT "bulletin_form_bulletin_id_form_pk" PRIMARY KEY("bulletin_id","form")
);
--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "settled_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulletin" ADD CONSTRAINT "bulletin_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin" ADD CONSTRAINT "bulletin_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin" ADD CONSTRAINT "bulletin_supersedes_id_bulletin_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."bulletin"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_comment" ADD CONSTRAINT "bulletin_comment_bulletin_id_bulletin_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletin"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_form" ADD CONSTRAINT "bulletin_form_bulletin_id_bulletin_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletin"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulletin_due" ON "bulletin" USING btree ("state","publish_at");--> statement-breakpoint
CREATE INDEX "bulletin_comment_line" ON "bulletin_comment" USING btree ("bulletin_id","line");