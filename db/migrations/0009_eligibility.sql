CREATE TABLE "eligibility" (
	"institution_id" integer NOT NULL,
	"list_id" integer NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	"days" "bytea" NOT NULL,
	CONSTRAINT "eligibility_institution_id_list_id_known_from_pk" PRIMARY KEY("institution_id","list_id","known_from")
);
