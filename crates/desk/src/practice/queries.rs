use ground::{Fault, Practice, Tx, values};

pub async fn keep(tx: &Tx, p: &Practice) -> Result<(), Fault> {
    let sql = "INSERT INTO practice (id, name, phone, zone, country, class_decided_by, class_decided_on, class_direct)
            VALUES (1, $1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET name = $1, phone = $2, zone = $3, country = $4, class_decided_by = $5, class_decided_on = $6, class_direct = $7";
    let text = |text: &String| text.clone();
    let values = values![
        text(&p.name),
        text(&p.phone),
        text(&p.zone),
        text(&p.country),
        text(&p.class_decided_by),
        text(&p.class_decided_on),
        p.class_direct
    ];
    tx.run(sql, values).await?;
    Ok(())
}
