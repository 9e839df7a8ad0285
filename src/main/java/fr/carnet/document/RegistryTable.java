package fr.carnet.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The registry table, for jOOQ. */
final class RegistryTable {

    static final Table<Record> REGISTRY = DSL.table(name("carnet", "registry"));
    static final Field<String> ID = text("id");
    static final Field<String> KIND = text("kind");
    static final Field<Long> VERSION = field(name("version"), SQLDataType.BIGINT);
    static final Field<String> PATIENT = text("patient_id");
    static final Field<String> UNIQUE_ID = text("unique_id");
    static final Field<String> STATUS = text("status");
    static final Field<OffsetDateTime> DATE = instant("date");
    static final Field<OffsetDateTime> DATE_TO = instant("date_to");
    static final Field<OffsetDateTime> LAST_UPDATED = instant("last_updated");
    static final Field<OffsetDateTime> CREATION = instant("creation");
    static final Field<OffsetDateTime> CREATION_TO = instant("creation_to");
    static final Field<OffsetDateTime> PERIOD_START = instant("period_start");
    static final Field<OffsetDateTime> PERIOD_START_TO = instant("period_start_to");
    static final Field<OffsetDateTime> PERIOD_END = instant("period_end");
    static final Field<OffsetDateTime> PERIOD_END_TO = instant("period_end_to");
    static final Field<Boolean> ARCHIVED = field(name("archived"), SQLDataType.BOOLEAN);
    static final Field<String[]> TOKENS = texts("tokens");
    static final Field<String[]> WORDS = texts("words");
    static final Field<String[]> KEYS = texts("keys");
    static final Field<String> JSON = text("json");
    static final Field<String> TYPE = text("type");
    static final Field<String> CLASS = text("class");
    static final Field<String[]> VISIBILITY = texts("visibility");
    static final Field<String> DEPOSITOR = text("depositor");
    static final Field<String> DEPOSITOR_ROLE = text("depositor_role");
    static final Field<String> DEPOSITOR_STRUCTURE = text("depositor_structure");
    static final Field<String[]> AUTHORS = texts("authors");
    static final Field<Boolean> DELETED = field(name("deleted"), SQLDataType.BOOLEAN);
    static final Field<Boolean> MASKED_BY_HOLDER = field(name("masked_by_holder"), SQLDataType.BOOLEAN);
    static final Field<OffsetDateTime> DEPOSITED_AT = instant("deposited_at");
    static final Field<String> CONTENT = text("content_id");
    static final Field<String> TITLE = text("title");
    static final Field<String> HASH = text("hash");
    static final Field<String[]> REFERS_TO = texts("refers_to");

    /** Every column. */
    static final List<Field<?>> ALL = List.of(
            ID,
            KIND,
            VERSION,
            PATIENT,
            UNIQUE_ID,
            STATUS,
            DATE,
            DATE_TO,
            LAST_UPDATED,
            CREATION,
            CREATION_TO,
            PERIOD_START,
            PERIOD_START_TO,
            PERIOD_END,
            PERIOD_END_TO,
            ARCHIVED,
            TOKENS,
            WORDS,
            KEYS,
            JSON,
            TYPE,
            CLASS,
            VISIBILITY,
            DEPOSITOR,
            DEPOSITOR_ROLE,
            DEPOSITOR_STRUCTURE,
            AUTHORS,
            DELETED,
            MASKED_BY_HOLDER,
            DEPOSITED_AT,
            CONTENT,
            TITLE,
            HASH,
            REFERS_TO);

    /** Every uniqueId with the row that has it. */
    static final Table<Record> CLAIMS = DSL.table(name("carnet", "unique_id"));

    static final Field<String> CLAIMED = field(name("unique_id", "unique_id"), SQLDataType.CLOB);
    static final Field<String> HOLDER = field(name("unique_id", "id"), SQLDataType.CLOB);

    private RegistryTable() {}

    private static Field<String> text(String column) {
        return field(name(column), SQLDataType.CLOB);
    }

    private static Field<String[]> texts(String column) {
        return field(name(column), SQLDataType.CLOB.array());
    }

    private static Field<OffsetDateTime> instant(String column) {
        return field(name(column), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }
}
