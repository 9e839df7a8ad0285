package fr.carnet.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Contents in a table of the same database: whole or absent together with their document. */
final class ContentTable implements ContentStore {

    private static final Table<Record> CONTENT = DSL.table(name("carnet", "content"));
    private static final Field<String> ID = field(name("id"), SQLDataType.CLOB);
    private static final Field<String> MEDIA_TYPE = field(name("media_type"), SQLDataType.CLOB);
    private static final Field<byte[]> BYTES = field(name("bytes"), SQLDataType.BLOB);

    private final DSLContext dsl;

    ContentTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void put(String id, String mediaType, byte[] bytes) {
        dsl.insertInto(CONTENT)
                .set(ID, id)
                .set(MEDIA_TYPE, mediaType)
                .set(BYTES, bytes)
                .execute();
    }

    @Override
    public Optional<Content> open(String id) {
        return dsl.select(MEDIA_TYPE, BYTES).from(CONTENT).where(ID.eq(id)).fetchOptional(r -> {
            byte[] bytes = r.get(BYTES);
            return new Content(r.get(MEDIA_TYPE), bytes.length, new ByteArrayInputStream(bytes));
        });
    }
}
