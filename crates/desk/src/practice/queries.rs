use ground::{Fault, Practice, Tx, values};

pub async fn keep(tx: &Tx, p: &Practice) -> Result<(), Fault> {
    let sql = "INSERT INTO practice (id, name, phone, zone, country, class_decided_by, class_decided_on, class_direct,
                guardian_decided_by, guardian_decided_on, guardian_lowest)
            VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET name = $1, phone = $2, zone = $3, country = $4, class_decided_by = $5, class_decided_on = $6, class_direct = $7,
            guardian_decided_by = $8, guardian_decided_on = $9, guardian_lowest = $10";
    let text = |text: &String| text.clone();
    let values = values![
        text(&p.name),
        text(&p.phone),
        text(&p.zone),
        text(&p.country),
        text(&p.class_decided_by),
        text(&p.class_decided_on),
        p.class_direct,
        text(&p.guardian_decided_by),
        text(&p.guardian_decided_on),
        p.guardian_lowest
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// What visitors read. The row is there: `keep` made it.
pub async fn keep_public(tx: &Tx, p: &Practice) -> Result<(), Fault> {
    let sql =
        "UPDATE practice SET palette = $1, welcome_en = $2, welcome_es = $3, hours_en = $4, hours_es = $5, address = $6, public_email = $7
        WHERE id = 1";
    let text = |text: &String| text.clone();
    let values = values![
        text(&p.palette),
        text(&p.welcome_en),
        text(&p.welcome_es),
        text(&p.hours_en),
        text(&p.hours_es),
        text(&p.address),
        text(&p.public_email)
    ];
    tx.run(sql, values).await?;
    Ok(())
}
