-- Teams, categories, tags and skills become rows that people manage. A ticket keeps a team's key and the names of its category
-- and tags as text, as before: these never change, and a row that is archived stays.
CREATE TABLE "teams" (
    "id" SERIAL NOT NULL,
    "key" VARCHAR(20) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "teams_key_key" ON "teams"("key");
CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");

CREATE TABLE "tags" (
    "id" SERIAL NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    "colour" VARCHAR(7),
    "description" VARCHAR(300),
    "managed" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "tags_name_key" ON "tags"("name");

CREATE TABLE "skills" (
    "id" SERIAL NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "description" VARCHAR(300),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "skills_name_key" ON "skills"("name");

-- What the name is in other languages, by BCP 47 tag.
ALTER TABLE "categories" ADD COLUMN "names" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "archived_at" TIMESTAMPTZ(3);

INSERT INTO "teams" ("key", "name", "position") VALUES
  ('GENERAL', 'General', 1), ('TECHNICAL', 'Technical', 2), ('MANAGER', 'Management', 3), ('ADMIN', 'Administration', 4);

INSERT INTO "categories" ("slug", "name", "position", "names") VALUES
  ('general-question', 'General question', 1, '{"en": "General question", "de": "Allgemeine Frage", "fr": "Question générale", "es": "Pregunta general", "ar": "سؤال عام"}'),
  ('donation-problem', 'Donation problem', 2, '{"en": "Problem with a donation", "de": "Problem mit einer Spende", "fr": "Problème avec un don", "es": "Problema con una donación", "ar": "مشكلة في تبرع"}'),
  ('payment-and-refunds', 'Payment and refunds', 3, '{"en": "Payment and refunds", "de": "Zahlung und Erstattung", "fr": "Paiement et remboursement", "es": "Pagos y reembolsos", "ar": "الدفع والاسترداد"}'),
  ('receipts-and-tax', 'Receipts and tax', 4, '{"en": "Receipts and tax", "de": "Belege und Steuer", "fr": "Reçus et impôts", "es": "Recibos e impuestos", "ar": "الإيصالات والضرائب"}'),
  ('account-and-access', 'Account and access', 5, '{"en": "Account and access", "de": "Konto und Zugang", "fr": "Compte et accès", "es": "Cuenta y acceso", "ar": "الحساب والدخول"}'),
  ('technical-problem', 'Technical problem', 6, '{"en": "Technical problem", "de": "Technisches Problem", "fr": "Problème technique", "es": "Problema técnico", "ar": "مشكلة تقنية"}'),
  ('volunteering-and-events', 'Volunteering and events', 7, '{"en": "Volunteering and events", "de": "Ehrenamt und Veranstaltungen", "fr": "Bénévolat et événements", "es": "Voluntariado y eventos", "ar": "التطوع والفعاليات"}'),
  ('feedback', 'Feedback', 8, '{"en": "Praise and criticism", "de": "Lob und Kritik", "fr": "Avis et critiques", "es": "Opiniones y críticas", "ar": "آراء وملاحظات"}')
ON CONFLICT ("slug") DO UPDATE SET "names" = EXCLUDED."names";
CREATE UNIQUE INDEX "categories_name_key" ON "categories"("name");

INSERT INTO "tags" ("name") SELECT DISTINCT left(unnest("tags"), 50) FROM "tickets" ON CONFLICT DO NOTHING;
INSERT INTO "skills" ("name")
SELECT "skill" FROM "user_skills" UNION SELECT left(unnest("related_skills"), 60) FROM "tickets" ON CONFLICT DO NOTHING;

-- The teams table says which teams there are.
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_team_check";
ALTER TABLE "users" DROP CONSTRAINT "users_team_check";
